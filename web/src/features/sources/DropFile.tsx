import { useMutation } from '@tanstack/react-query';
import { type DragEvent, useId, useState } from 'react';
import { type Look, sendUpload } from '../../api/imports';
import { useWords } from '../../frame/language';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { useFigures } from '../../parts/times';

const ENDINGS = '.csv,.tsv,.txt,.json,.jsonl,.ndjson,.gz,.parquet,.xes';

/** A place to drop a file on, or to choose one with the keyboard. */
export function DropFile({ sent }: { sent: (look: Look) => void }) {
  const w = useWords();
  const { percent } = useFigures();
  const id = useId();
  const [share, setShare] = useState(0);
  const [isOver, setOver] = useState(false);
  const sending = useMutation({ mutationFn: (file: File) => sendUpload(file, setShare), onSuccess: sent });
  const take = (file: File | undefined) => {
    setShare(0);
    if (file) sending.mutate(file);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    <section className="sheet">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is beside the field, which the keyboard has */}
      <div
        className={isOver ? 'drop over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <p className="drop-title">{w('import.drop')}</p>
        <input
          id={id}
          className="drop-input"
          type="file"
          accept={ENDINGS}
          disabled={sending.isPending}
          onChange={(event) => take(event.currentTarget.files?.[0])}
        />
        <label htmlFor={id} className="chip drop-choose">
          {w('import.choose')}
        </label>
        <p className="small faint">{w('import.kinds')}</p>
        <p className="small faint">{w('import.kept')}</p>
      </div>
      <div role="status" className="drop-state">
        {sending.isPending && (
          <label className="drop-progress">
            <span>{share < 1 ? w('import.sending', { share: percent(share) }) : w('import.looking')}</span>
            <progress value={share} max={1} />
          </label>
        )}
      </div>
      {sending.error && <ProblemPanel error={sending.error} />}
    </section>
  );
}
