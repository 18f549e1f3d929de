import type { Matter } from '../../../api/customers';
import { useTerm, useWords } from '../../../frame/language';
import type { View } from '../../../frame/routes';
import { KINDS, kindOf } from './kinds';

type Change = (part: Record<string, string | undefined>) => void;

function Pick(props: {
  label: string;
  value: string;
  all: string;
  of: [string, string][];
  choose: (value: string | undefined) => void;
}) {
  return (
    <label className="pick">
      {props.label}
      <select value={props.value} onChange={(event) => props.choose(event.currentTarget.value || undefined)}>
        <option value="">{props.all}</option>
        {props.of.map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** By type, channel, matter and time; all of it stands in the address. */
export function Filters(props: { view: View; change: Change; channels: string[]; matters: Matter[] }) {
  const { view, change } = props;
  const w = useWords();
  const term = useTerm();
  const kind = kindOf(view.only);
  const nameOf = (it: Matter) =>
    [term('reason', it.reason), it.order ?? it.matter].filter((part) => part && part !== '–').join(', ');
  const matters = props.matters.flatMap((it): [string, string][] =>
    it.matter ? [[it.matter, nameOf(it)]] : [],
  );
  return (
    <div className="history-filters">
      <fieldset className="switch wraps">
        <legend className="unseen">{w('customer.timeline.only')}</legend>
        {Object.entries(KINDS).map(([id, it]) => (
          <button
            key={id}
            type="button"
            aria-pressed={kind === id}
            onClick={() => change({ only: id === 'all' ? undefined : id })}
          >
            {w(it.word)}
          </button>
        ))}
      </fieldset>
      <div className="row">
        <Pick
          label={w('history.channel')}
          value={view.channel ?? ''}
          all={w('history.every-channel')}
          of={props.channels.map((it) => [it, term('channel', it)])}
          choose={(channel) => change({ channel })}
        />
        <Pick
          label={w('history.matter')}
          value={view.matter ?? ''}
          all={w('history.every-matter')}
          of={matters}
          choose={(matter) => change({ matter })}
        />
        <Pick
          label={w('history.span')}
          value={view.span ?? ''}
          all={w('history.span.quarter')}
          of={[
            ['year', w('history.span.year')],
            ['all', w('history.span.all')],
          ]}
          choose={(span) => change({ span })}
        />
        <label className="check">
          <input
            type="checkbox"
            checked={view.held === '1'}
            onChange={(event) => change({ held: event.currentTarget.checked ? '1' : undefined })}
          />
          {w('history.held')}
        </label>
      </div>
    </div>
  );
}
