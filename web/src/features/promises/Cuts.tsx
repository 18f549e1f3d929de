import type { GroupFigures } from '../../api/promises';
import { useUnitName } from '../../api/units';
import { useTerm, useWords } from '../../frame/language';
import { useView } from '../../frame/routes';
import { settledOf } from '../../parts/months';
import { RateBar } from '../../parts/RateBar';
import { type Column, Table, TableCsv } from '../../parts/Table';
import { useFigures } from '../../parts/times';

/** By what a promise is cut, in the order of the choice. */
export const CUTS = ['unit', 'channel', 'product'] as const;
type Cut = (typeof CUTS)[number];

const inFront = (word: string) => word.charAt(0).toLocaleUpperCase() + word.slice(1);

/** How a promise went in each unit, channel or product. */
export function Cuts({ groups }: { groups: GroupFigures[] }) {
  const w = useWords();
  const term = useTerm();
  const unit = useUnitName();
  const { percent, count } = useFigures();
  const [view, change] = useView();
  const by: Cut = CUTS.find((it) => it === view.by) ?? 'unit';
  const rows = groups.filter((it) => it.by === by && it.instances > 0);
  const name = ({ value }: GroupFigures) => {
    if (value === null || value === '') return w('promise.by.none');
    return by === 'unit' ? unit(String(value)) : term(by, String(value));
  };
  const number = (id: 'kept' | 'late' | 'broken'): Column<GroupFigures> => ({
    id,
    title: inFront(term('verdict', id)),
    isNumber: true,
    isWideOnly: true,
    value: (it) => it[id],
    cell: (it) => count(it[id]),
  });
  const columns: Column<GroupFigures>[] = [
    { id: 'value', title: w(`promise.by.${by}`), value: name, cell: name },
    {
      id: 'settled',
      title: w('promise.by.settled'),
      isNumber: true,
      value: settledOf,
      cell: (it) => count(settledOf(it)),
    },
    number('kept'),
    number('late'),
    number('broken'),
    {
      id: 'rate',
      title: w('now.delivered'),
      isNumber: true,
      value: (it) => it.rate,
      cell: (it) => percent(it.rate),
      bar: (it) => <RateBar of={it} />,
    },
  ];
  return (
    <section className="sheet" aria-labelledby="cuts">
      <div className="sheet-head">
        <h2 id="cuts">{w('promise.by')}</h2>
        <div className="row">
          <fieldset className="switch wraps">
            <legend className="unseen">{w('promise.by')}</legend>
            {CUTS.map((it) => (
              <button
                key={it}
                type="button"
                aria-pressed={by === it}
                onClick={() => change({ by: it === 'unit' ? undefined : it })}
              >
                {w(`promise.by.${it}`)}
              </button>
            ))}
          </fieldset>
          {rows.length > 0 && <TableCsv columns={columns} rows={rows} />}
        </div>
      </div>
      {rows.length === 0 ? (
        <p className="faint">{w('promise.by.nothing')}</p>
      ) : (
        <Table
          label={w('promise.by')}
          columns={columns}
          rows={rows}
          keyOf={(it) => String(it.value)}
          sortedBy="sort"
        />
      )}
    </section>
  );
}
