import { Button, Skeleton } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  dismissReject,
  listRejects,
  type Reject,
  type RejectState,
  replayReject,
} from '../../api/administration';
import { useMay } from '../../api/session';
import { useWords } from '../../frame/language';
import { useView } from '../../frame/routes';
import { ChoiceInput } from '../../parts/FieldInput';
import { LongList } from '../../parts/LongList';
import { doLater } from '../../parts/later';
import { tell } from '../../parts/notices';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { TextField } from '../../parts/TextField';
import { useTimes } from '../../parts/times';

const STATES: RejectState[] = ['waiting', 'replayed', 'dismissed'];

const laidOut = (raw: string) => {
  try {
    return JSON.stringify(JSON.parse(raw), null, 2);
  } catch {
    return raw;
  }
};

/** What was sent, to be mended and sent again. */
function Mend({ reject, hide, show }: { reject: Reject; hide: () => void; show: () => void }) {
  const w = useWords();
  const client = useQueryClient();
  const sent = laidOut(reject.raw ?? '');
  const [text, setText] = useState(sent);
  const readAnew = () => client.invalidateQueries({ queryKey: ['rejects'] });
  const replaying = useMutation({
    mutationFn: async () => {
      if (text === sent) return replayReject(reject.number, undefined);
      let mended: unknown;
      try {
        mended = JSON.parse(text);
      } catch (error) {
        throw new Error(w('rejects.no-json', { why: (error as Error).message }));
      }
      return replayReject(reject.number, mended);
    },
    onSuccess: () => {
      tell({ text: w('rejects.replayed.told', { n: reject.number }) });
      void readAnew();
      void client.invalidateQueries({ queryKey: ['sources'] });
    },
  });
  const dismiss = () => {
    hide();
    doLater(
      w('rejects.dismissed.told', { n: reject.number }),
      () => dismissReject(reject.number).then(readAnew),
      show,
    );
  };
  return (
    <div className="mend">
      <TextField
        label={w('rejects.raw')}
        value={text}
        set={setText}
        rows={Math.min(16, text.split('\n').length + 1)}
        isCode
      />
      {reject.raw_cut && <p className="small past">{w('rejects.cut')}</p>}
      {replaying.error && <ProblemPanel error={replaying.error} />}
      <div className="row">
        <Button loading={replaying.isPending} onClick={() => replaying.mutate()}>
          {w('rejects.replay')}
        </Button>
        <Button variant="subtle" onClick={dismiss}>
          {w('rejects.dismiss')}
        </Button>
      </div>
    </div>
  );
}

function OneReject({ reject, hide, show }: { reject: Reject; hide: () => void; show: () => void }) {
  const w = useWords();
  const may = useMay();
  const { moment } = useTimes();
  return (
    <>
      <p className="reject-reason">{reject.reason}</p>
      <p className="small faint">
        <span className="tabular">{reject.number}</span> · {reject.source} · {moment(reject.received)}
        {reject.pointer && ` · ${reject.pointer}`}
        {reject.settled_at &&
          ` · ${w('rejects.settled', { when: moment(reject.settled_at), who: reject.settled_by })}`}
      </p>
      {reject.state === 'waiting' && may('rejects.mend') && (
        <details>
          <summary>{w('rejects.open')}</summary>
          <Mend reject={reject} hide={hide} show={show} />
        </details>
      )}
      {reject.state !== 'waiting' && reject.raw && (
        <details>
          <summary>{w('rejects.raw')}</summary>
          <pre className="sent">{laidOut(reject.raw)}</pre>
        </details>
      )}
    </>
  );
}

/** Events that could not be used, each with its reason. */
export function Rejects() {
  const w = useWords();
  const [view, change] = useView();
  const [hidden, setHidden] = useState<number[]>([]);
  const state = STATES.find((it) => it === view.state) ?? 'waiting';
  const list = useInfiniteQuery({
    queryKey: ['rejects', state],
    queryFn: ({ pageParam }) => listRejects({ state, ...(pageParam ? { after: pageParam } : {}) }),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next_after ?? undefined,
  });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const readOn = hasNextPage && !isFetchingNextPage ? () => void fetchNextPage() : undefined;
  const rejects =
    list.data?.pages.flatMap((it) => it.rejects).filter((it) => !hidden.includes(it.number)) ?? [];
  return (
    <section className="sheet" aria-labelledby="rejects">
      <div className="sheet-head">
        <div>
          <h2 id="rejects">{w('rejects.title')}</h2>
          <p className="small faint">{w('rejects.text')}</p>
        </div>
      </div>
      <ChoiceInput
        label={w('rejects.state')}
        values={STATES.map((it) => ({ id: it, label: w(`rejects.${it}`) }))}
        value={state}
        isRequired
        set={(it) => change({ state: it === 'waiting' ? undefined : it })}
      />
      {list.error && <ProblemPanel error={list.error} retry={() => void list.refetch()} />}
      {!list.data && !list.error && <Skeleton height={80} aria-busy="true" />}
      {list.data && rejects.length === 0 && (
        <p className="faint rejects-none">
          {w(state === 'waiting' ? 'rejects.none.waiting' : 'rejects.none')}
        </p>
      )}
      <LongList
        look="rejects"
        rows={rejects}
        keyOf={(it) => it.number}
        height={90}
        more={readOn}
        draw={(it) => (
          <OneReject
            reject={it}
            hide={() => setHidden((old) => [...old, it.number])}
            show={() => setHidden((old) => old.filter((number) => number !== it.number))}
          />
        )}
      />
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={readOn}>
          {w('rejects.more')}
        </Button>
      )}
    </section>
  );
}
