import { useMutation } from '@tanstack/react-query';
import { correctMatter, type Matter, restoreMatter } from '../../api/customers';
import { useTerm, useWords } from '../../frame/language';
import { tell } from '../../parts/notices';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { useReadRecordsAnew } from '../../parts/records';
import { useTimes } from '../../parts/times';
import '../../parts/records.css';

/** What a matter is called: the reason of its contacts, and the order. */
export function useMatterName() {
  const term = useTerm();
  return (matter: Matter) =>
    [term('reason', matter.reason), matter.order].filter((it) => it && it !== '–').join(', ');
}

/** One press: this contact was about another matter of hers, or something of its own. It can be taken back. */
export function About(props: {
  customer: string;
  contact: string;
  time: string;
  of: Matter;
  among: Matter[];
}) {
  const { customer, contact, of } = props;
  const w = useWords();
  const name = useMatterName();
  const { moment } = useTimes();
  const readAnew = useReadRecordsAnew();
  const others = props.among.flatMap((it) =>
    it.matter && it.matter !== of.matter
      ? [{ id: it.matter as string | null, text: name(it) || it.matter }]
      : [],
  );
  const choices = of.contacts.length > 1 ? [...others, { id: null, text: w('customer.about.own') }] : others;
  const correcting = useMutation({
    mutationFn: (to: (typeof choices)[number]) => correctMatter(customer, contact, to.id),
    onSuccess: (_, to) => {
      tell({
        text: w('customer.about.done', { when: moment(props.time), what: to.text }),
        undo: () => restoreMatter(customer, contact).then(readAnew),
      });
      void readAnew();
    },
  });
  if (choices.length === 0) return null;
  return (
    <details className="about small no-print">
      <summary>
        {w('customer.about')}
        <span className="unseen"> {moment(props.time)}</span>
      </summary>
      <div className="row">
        <span className="faint">{w('customer.about.choose')}</span>
        {choices.map((it) => (
          <button
            key={it.id}
            type="button"
            className="chip"
            disabled={correcting.isPending}
            onClick={() => correcting.mutate(it)}
          >
            {it.text}
          </button>
        ))}
      </div>
      {correcting.error && <ProblemPanel error={correcting.error} />}
    </details>
  );
}
