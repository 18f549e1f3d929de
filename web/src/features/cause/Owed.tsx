import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { openCase } from '../../api/registers';
import { useMay } from '../../api/session';
import { useUnitName } from '../../api/units';
import { useWords } from '../../frame/language';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { useTimes } from '../../parts/times';

/** The answer that the unit owes: a case, with the date by which it comes. */
export function Owed(props: {
  promise: { id: string; title: string };
  unit: string;
  customer: string | undefined;
}) {
  const { promise } = props;
  const w = useWords();
  const may = useMay();
  const { moment } = useTimes();
  const unit = useUnitName()(props.unit);
  const what = w('cause.6.what', { promise: promise.title }).slice(0, 200);
  const opening = useMutation({
    mutationFn: () =>
      openCase({ what, unit: props.unit, promise: promise.id, cause: 'broken-promise' }, what),
  });
  if (opening.data) {
    return <p>{w('cause.6.opened', { unit, when: opening.data.due ? moment(opening.data.due) : '–' })}</p>;
  }
  return (
    <>
      <p>{w('cause.6.text', { unit })}</p>
      {opening.error && <ProblemPanel error={opening.error} />}
      {may('cases.open') && (
        <Button size="md" loading={opening.isPending} onClick={() => opening.mutate()}>
          {w('cause.6.open', { unit })}
        </Button>
      )}
    </>
  );
}
