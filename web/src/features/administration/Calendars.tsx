import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type Calendar, type DayHours, listCalendars } from '../../api/administration';
import { useWords } from '../../frame/language';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { type Column, Table, TableCsv } from '../../parts/Table';
import { useTimes } from '../../parts/times';
import { DAY_MS } from '../../parts/zone';

type SpecialDay = Calendar['special_days'][number];

/** A Monday: the days of the week are named after those that follow it. */
const MONDAY = Date.parse('2026-11-23T12:00:00Z');

function useHours(): (hours: DayHours) => string {
  const w = useWords();
  return (hours) =>
    hours.length > 0 ? hours.map((it) => it.replace('-', '–')).join(', ') : w('calendars.closed');
}

function OneCalendar({ calendar }: { calendar: Calendar }) {
  const w = useWords();
  const said = useHours();
  const { fullDay, weekday, day } = useTimes();
  const noon = (date: string) => `${date}T12:00:00Z`;
  const columns: Column<SpecialDay>[] = [
    {
      id: 'day',
      title: w('calendars.day'),
      value: (it) => it.date,
      cell: (it) => fullDay(noon(it.date)),
    },
    { id: 'name', title: w('calendars.name'), value: (it) => it.name, cell: (it) => it.name || '–' },
    {
      id: 'hours',
      title: w('calendars.hours'),
      value: (it) => said(it.hours),
      cell: (it) => said(it.hours),
    },
  ];
  const id = `calendar-${calendar.name}`;
  return (
    <section className="sheet" aria-labelledby={id}>
      <div className="sheet-head">
        <h2 id={id}>{calendar.name}</h2>
        <p className="small faint">
          {calendar.is_built_in
            ? w('calendars.built-in')
            : calendar.extends && w('calendars.extends', { name: calendar.extends })}
          {calendar.other_versions_from.map((it) => ` · ${w('calendars.from', { when: day(noon(it)) })}`)}
        </p>
      </div>
      <dl className="week">
        {calendar.week.map((hours, i) => {
          const name = weekday(new Date(MONDAY + i * DAY_MS).toISOString());
          return (
            <div key={name} className={hours.length > 0 ? '' : 'faint'}>
              <dt>{name}</dt>
              <dd className="tabular">{said(hours)}</dd>
            </div>
          );
        })}
      </dl>
      <details>
        <summary>{w('calendars.special', { n: calendar.special_days.length })}</summary>
        <Table
          label={w('calendars.special', { n: calendar.special_days.length })}
          columns={columns}
          rows={calendar.special_days}
          keyOf={(it) => it.date}
        />
        <TableCsv columns={columns} rows={calendar.special_days} />
      </details>
    </section>
  );
}

/** By which days and hours promises count; read only, since they come in by the command line. */
export function Calendars() {
  const w = useWords();
  const { data, error, refetch } = useQuery({ queryKey: ['calendars'], queryFn: listCalendars });
  if (error) return <ProblemPanel error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton height={240} aria-busy="true" />;
  return (
    <div className="stack">
      <p className="faint">
        {w('calendars.text')} <code>handslag settings put calendars.toml</code>
      </p>
      {data.calendars.map((it) => (
        <OneCalendar key={it.name} calendar={it} />
      ))}
    </div>
  );
}
