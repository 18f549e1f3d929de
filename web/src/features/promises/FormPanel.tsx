import { useId, useState } from 'react';
import type { Vocabulary } from '../../api/promises';
import { useUnits } from '../../api/units';
import { useWords, type WordId } from '../../frame/language';
import { idOf, OtherShape, PERIODS, type PromiseShape, shapeOf, textOf, UNITS } from './shape';

interface FieldProps {
  word: WordId;
  value: string;
  set: (value: string) => void;
  list?: string | undefined;
  kind?: 'number';
  isWide?: boolean;
}

function Field({ word, value, set, list, kind, isWide }: FieldProps) {
  const w = useWords();
  return (
    <label className={isWide ? 'pick wide' : 'pick'}>
      {w(word)}
      <input
        className="plain-field"
        value={value}
        list={list}
        inputMode={kind === 'number' ? 'numeric' : undefined}
        autoComplete="off"
        onChange={(event) => set(event.currentTarget.value)}
      />
    </label>
  );
}

function Choice(props: {
  word: WordId;
  value: string;
  values: readonly string[];
  name: (value: string) => string;
  set: (value: string) => void;
  isWide?: boolean;
}) {
  const w = useWords();
  return (
    <label className={props.isWide ? 'pick wide' : 'pick'}>
      {w(props.word)}
      <select value={props.value} onChange={(event) => props.set(event.currentTarget.value)}>
        {props.values.map((it) => (
          <option key={it} value={it}>
            {props.name(it)}
          </option>
        ))}
      </select>
    </label>
  );
}

function List({ id, values }: { id: string; values: string[] }) {
  return (
    <datalist id={id}>
      {values.map((it) => (
        <option key={it} value={it} />
      ))}
    </datalist>
  );
}

type Change = (part: Partial<PromiseShape>) => void;

function BoundFields({ shape, change, id }: { shape: PromiseShape; change: Change; id: string }) {
  const w = useWords();
  const isDuration = shape.bound === 'within' || shape.rule === 'never';
  return (
    <>
      {shape.rule === 'then' && (
        <Choice
          word="form.bound"
          value={shape.bound}
          values={['within', 'no later than', 'before']}
          name={(it) => w(`form.bound.${it.replaceAll(' ', '-')}` as WordId)}
          set={(it) => change({ bound: it as PromiseShape['bound'] })}
        />
      )}
      {isDuration && (
        <>
          <Field word="form.amount" value={shape.amount} set={(amount) => change({ amount })} kind="number" />
          <Choice
            word="form.unit"
            value={shape.unit}
            values={UNITS}
            name={(it) => w(`form.unit.${it.replaceAll(' ', '-')}` as WordId)}
            set={(it) => change({ unit: it as PromiseShape['unit'] })}
          />
        </>
      )}
      {!isDuration && (
        <Field
          word={shape.bound === 'before' ? 'form.until.before' : 'form.until.no-later-than'}
          value={shape.until}
          list={shape.bound === 'before' ? `${id}-types` : `${id}-attributes`}
          set={(until) => change({ until })}
        />
      )}
    </>
  );
}

function RuleFields({ shape, change, id }: { shape: PromiseShape; change: Change; id: string }) {
  const w = useWords();
  const types = `${id}-types`;
  const { first, second } = shape;
  return (
    <fieldset className="form-part">
      <legend>{w('form.rule')}</legend>
      <div className="form-fields">
        <Choice
          word="form.kind"
          isWide
          value={shape.rule}
          values={['then', 'never']}
          name={(it) => w(`form.kind.${it}` as WordId)}
          set={(it) => change({ rule: it as PromiseShape['rule'], bound: 'within' })}
        />
        <Field
          word="form.first"
          value={first.type}
          list={types}
          set={(type) => change({ first: { ...first, type } })}
        />
        <Field
          word="form.first.where"
          value={first.where}
          set={(where) => change({ first: { ...first, where } })}
        />
        <Field
          word={shape.rule === 'then' ? 'form.second' : 'form.second.never'}
          value={second.type}
          list={types}
          set={(type) => change({ second: { ...second, type } })}
        />
        <BoundFields shape={shape} change={change} id={id} />
        <Field word="form.same" value={shape.same} list={`${id}-keys`} set={(same) => change({ same })} />
        <Field
          word="form.unless"
          value={shape.unless?.type ?? ''}
          list={types}
          set={(type) => change({ unless: type ? { where: '', ...shape.unless, type } : undefined })}
        />
      </div>
    </fieldset>
  );
}

function TargetFields({ shape, change }: { shape: PromiseShape; change: Change }) {
  const w = useWords();
  return (
    <fieldset className="form-part">
      <legend>{w('form.target')}</legend>
      <div className="form-fields">
        <Field
          word="form.percent"
          value={shape.percent}
          kind="number"
          set={(percent) => change({ percent })}
        />
        <Choice
          word="form.each"
          value={shape.each}
          values={['', ...PERIODS]}
          name={(it) => w(`form.each.${it || 'none'}` as WordId)}
          set={(each) => change({ each })}
        />
        <Field
          word="form.at-least"
          value={shape.atLeast}
          kind="number"
          set={(atLeast) => change({ atLeast })}
        />
      </div>
    </fieldset>
  );
}

function OtherForm({ part }: { part: string }) {
  const w = useWords();
  return <p>{part ? w('form.cannot', { part }) : w('form.cannot.yet')}</p>;
}

function shapeOrPart(text: string): PromiseShape | string {
  try {
    return shapeOf(text);
  } catch (error) {
    if (error instanceof OtherShape) return error.message;
    throw error;
  }
}

/** The promise as a form, for those who do not write rules. What is changed here is written into the text. */
export function FormPanel(props: {
  text: string;
  vocabulary: Vocabulary | undefined;
  isNew: boolean;
  change: (text: string) => void;
}) {
  const w = useWords();
  const id = useId();
  const units = useUnits();
  // Why kept: a field that is empty for a moment makes a text that is no form.
  const [filled, setFilled] = useState<{ text: string; shape: PromiseShape }>();
  const shape = filled?.text === props.text ? filled.shape : shapeOrPart(props.text);
  const change: Change = (part) => {
    if (typeof shape === 'string') return;
    // A new promise is called after its title until somebody gives it an id of its own.
    const isCalledSo = props.isNew && part.title !== undefined && idOf(shape.title) === shape.id;
    const id = isCalledSo ? idOf(part.title ?? '') || shape.id : shape.id;
    const next = { ...shape, id, ...part };
    const text = textOf(next);
    setFilled({ text, shape: next });
    props.change(text);
  };
  return (
    <section className="sheet stack promise-form" aria-labelledby={`${id}-form`}>
      <div>
        <h2 id={`${id}-form`}>{w('form.title')}</h2>
        <p className="small faint">{w('form.text')}</p>
      </div>
      {typeof shape === 'string' ? (
        <OtherForm part={shape} />
      ) : (
        <>
          <List id={`${id}-types`} values={props.vocabulary?.types ?? []} />
          <List id={`${id}-keys`} values={props.vocabulary?.keys ?? []} />
          <List id={`${id}-attributes`} values={props.vocabulary?.attributes ?? []} />
          <List id={`${id}-units`} values={units.map((it) => it.id)} />
          <div className="form-fields">
            <Field isWide word="form.name" value={shape.title} set={(title) => change({ title })} />
            {props.isNew && <Field word="form.id" value={shape.id} set={(it) => change({ id: idOf(it) })} />}
            <Field
              word="form.kept-by"
              value={shape.keptBy}
              list={`${id}-units`}
              set={(keptBy) => change({ keptBy })}
            />
            <Field
              word="form.weight"
              value={shape.weight}
              kind="number"
              set={(weight) => change({ weight })}
            />
          </div>
          <RuleFields shape={shape} change={change} id={id} />
          <TargetFields shape={shape} change={change} />
          {shape.others.length > 0 && (
            <p className="small faint">{w('form.others', { what: shape.others.join(' · ') })}</p>
          )}
        </>
      )}
    </section>
  );
}
