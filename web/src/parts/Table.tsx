import { type ReactNode, useRef } from 'react';
import { useOrder, useWords } from '../frame/language';
import { useView } from '../frame/routes';
import { CsvButton } from './CsvButton';
import type { Cell } from './csv';
import { useShown } from './long';
import { TableWrap } from './TableWrap';

/** A column of a table: how its cells look, what of them stands in the CSV, and by what it is sorted. */
export interface Column<Row> {
  id: string;
  title: string;
  cell: (row: Row) => ReactNode;
  /** In a cell of its own beside it, under the same title. */
  bar?: (row: Row) => ReactNode;
  /** For the CSV and for sorting; a column without is in neither. */
  value?: (row: Row) => Cell;
  /** Its title in the CSV, where another is clearer there. */
  csvTitle?: string;
  isNumber?: boolean;
  /** Its title is for those alone who hear the table. */
  isTitleUnseen?: boolean;
  /** Left out on narrow screens. */
  isWideOnly?: boolean;
  look?: (row: Row) => string;
}

const ROW_HEIGHT = 44;

type Order = { column: string; isDown: boolean } | undefined;

const orderOf = (text: string | undefined): Order =>
  text ? { column: text.replace(/^-/, ''), isDown: text.startsWith('-') } : undefined;

/** What is empty stands last, whichever way. */
export function sorted<Row>(
  rows: Row[],
  columns: Column<Row>[],
  order: Order,
  compareTexts: (a: string, b: string) => number,
): Row[] {
  const value = columns.find((it) => it.id === order?.column)?.value;
  if (!order || !value) return rows;
  const compare = (a: Cell, b: Cell) =>
    typeof a === 'number' && typeof b === 'number' ? a - b : compareTexts(String(a), String(b));
  const isEmpty = (it: Cell) => it === null || it === undefined || it === '';
  return rows.toSorted((first, second) => {
    const [a, b] = [value(first), value(second)];
    if (isEmpty(a) || isEmpty(b)) return Number(isEmpty(a)) - Number(isEmpty(b));
    return order.isDown ? compare(b, a) : compare(a, b);
  });
}

/** Puts the rows into the clipboard, with every column that has a value. */
export function TableCsv<Row>({ columns, rows }: { columns: Column<Row>[]; rows: Row[] }) {
  const told = columns.filter((it) => it.value);
  return (
    <CsvButton
      rows={() => [
        told.map((it) => it.csvTitle ?? it.title),
        ...rows.map((row) => told.map((it) => it.value?.(row))),
      ]}
    />
  );
}

function Head<Row>(props: {
  column: Column<Row>;
  order: Order;
  sort: ((text?: string) => void) | undefined;
}) {
  const { column, order, sort } = props;
  const w = useWords();
  const isBy = order?.column === column.id;
  const look = [
    column.isNumber && !column.bar ? 'number' : '',
    column.isWideOnly ? 'wide-only' : '',
    column.bar ? 'spread' : '',
  ].join(' ');
  // Figures begin with the greatest. A third press leaves the order that the page itself gives.
  const first = column.isNumber ? `-${column.id}` : column.id;
  const second = column.isNumber ? column.id : `-${column.id}`;
  const next = !isBy ? first : order.isDown === Boolean(column.isNumber) ? second : undefined;
  return (
    <th
      scope="col"
      className={look.trim()}
      colSpan={column.bar ? 2 : 1}
      aria-sort={isBy ? (order.isDown ? 'descending' : 'ascending') : undefined}
    >
      {sort && column.value ? (
        <button type="button" className="sort" onClick={() => sort(next)}>
          {column.title}
          <span aria-hidden="true">{isBy ? (order.isDown ? ' ↓' : ' ↑') : ''}</span>
          <span className="unseen"> {w('table.sort')}</span>
        </button>
      ) : (
        <span className={column.isTitleUnseen ? 'unseen' : undefined}>{column.title}</span>
      )}
    </th>
  );
}

function Cells<Row>({ columns, row }: { columns: Column<Row>[]; row: Row }) {
  return columns.map((it) => {
    const look = [it.isNumber ? 'number' : '', it.isWideOnly ? 'wide-only' : '', it.look?.(row) ?? ''];
    return [
      <td key={it.id} className={look.join(' ').trim()}>
        {it.cell(row)}
      </td>,
      it.bar && (
        <td key={`${it.id} bar`} className={it.isWideOnly ? 'rate-cell wide-only' : 'rate-cell'}>
          {it.bar(row)}
        </td>
      ),
    ];
  });
}

// Where rows would be that are not drawn.
function Room({ height, width }: { height: number; width: number }) {
  return (
    <tr>
      <td className="room" colSpan={width} style={{ height }} />
    </tr>
  );
}

/**
 * Rows and columns; few at once of a long one. `sortedBy` names what the address calls its order: without it, it is
 * not sorted. `more` reads on when its end is near.
 */
export function Table<Row>(props: {
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  keyOf: (row: Row) => string | number;
  sortedBy?: string;
  more?: (() => void) | undefined;
  look?: string;
}) {
  const { label, columns, keyOf, sortedBy, more } = props;
  const [view, change] = useView();
  const compareTexts = useOrder();
  const order = sortedBy ? orderOf(view[sortedBy]) : undefined;
  const rows = sorted(props.rows, columns, order, compareTexts);
  const body = useRef<HTMLTableSectionElement>(null);
  const { first, last, above, below, measure } = useShown(body, {
    count: rows.length,
    height: ROW_HEIGHT,
    keyOf: (i) => (rows[i] === undefined ? i : keyOf(rows[i])),
    more,
  });
  const width = columns.length + columns.filter((it) => it.bar).length;
  return (
    <TableWrap label={label}>
      <table className={`list ${props.look ?? ''}`} aria-rowcount={measure ? rows.length + 1 : undefined}>
        <thead>
          <tr>
            {columns.map((it) => (
              <Head
                key={it.id}
                column={it}
                order={order}
                sort={sortedBy ? (text) => change({ [sortedBy]: text }) : undefined}
              />
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {above > 0 && <Room height={above} width={width} />}
          {rows.slice(first, last + 1).map((row, i) => (
            <tr
              key={keyOf(row)}
              ref={measure}
              data-index={first + i}
              aria-rowindex={measure ? first + i + 2 : undefined}
            >
              <Cells columns={columns} row={row} />
            </tr>
          ))}
          {below > 0 && <Room height={below} width={width} />}
        </tbody>
      </table>
    </TableWrap>
  );
}
