import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { listRecords, OPEN_CASES, openCase } from '../../api/registers';
import { useMay } from '../../api/session';
import { useUnitName } from '../../api/units';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { useDefinition } from '../../parts/definitions';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { useMaking } from '../../parts/records';
import { useTimes } from '../../parts/times';

/** The case about this promise that the unit already owes an answer to, the first due. */
const useOpenCase = (promise: string, unit: string) =>
  useQuery({
    queryKey: ['records', 'case', 'open', unit],
    queryFn: () => listRecords('case', { unit, state: OPEN_CASES, order: 'due', limit: 200 }),
    select: ({ records }) =>
      records.find((it) => it.values.promise === promise && it.values.cause === 'broken-promise'),
  });

/** The answer that the unit owes: a case, with the date by which it comes. One is enough. */
export function Owed(props: { promise: { id: string; title: string }; unit: string }) {
  const { promise } = props;
  const w = useWords();
  const may = useMay();
  const { moment } = useTimes();
  const unit = useUnitName()(props.unit);
  const open = useOpenCase(promise.id, props.unit);
  const what = w('cause.6.what', { promise: promise.title }).slice(0, 200);
  const opening = useMaking({
    definition: useDefinition('case'),
    make: () => openCase({ what, unit: props.unit, promise: promise.id, cause: 'broken-promise' }, what),
  });
  if (open.isLoading) return <Skeleton height={90} aria-busy="true" />;
  if (open.data) {
    return (
      <>
        <p>{w('cause.6.opened', { unit, when: open.data.due ? moment(open.data.due) : '–' })}</p>
        <p>
          <Go to={`/records/${open.data.id}`}>{open.data.title ?? open.data.id}</Go>
        </p>
      </>
    );
  }
  return (
    <>
      <p>{w('cause.6.text', { unit })}</p>
      {open.error && <ProblemPanel error={open.error} />}
      {opening.error && <ProblemPanel error={opening.error} />}
      {may('cases.open') && (
        <Button size="md" loading={opening.isPending} onClick={() => opening.mutate()}>
          {w('cause.6.open', { unit })}
        </Button>
      )}
    </>
  );
}
