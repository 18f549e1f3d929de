import { useState } from 'react';
import { dropUpload, type Imported, type Look } from '../../api/imports';
import { useMay } from '../../api/session';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { EmptyState } from '../../parts/EmptyState';
import { DropFile } from './DropFile';
import { ImportDone } from './ImportDone';
import { ImportList } from './ImportList';
import { MapFile } from './MapFile';
import './sources.css';
import './import.css';

/** A file: dropped, pointed at, seen as events, imported, and taken out again where it was wrong. */
export default function Import() {
  const w = useWords();
  const may = useMay();
  const [look, setLook] = useState<Look>();
  const [done, setDone] = useState<Imported>();
  const begin = () => {
    setLook(undefined);
    setDone(undefined);
  };
  const leave = (upload: string) => {
    begin();
    // Why nothing is said where it fails: the server forgets it within the hour anyway.
    void dropUpload(upload).catch(() => {});
  };
  if (!may('files.import')) {
    return <EmptyState title={w('import.may-not')} text={w('import.may-not.text')} />;
  }
  return (
    <>
      <header className="page-head">
        <div>
          <p className="small">
            <Go to="/sources">{w('sources.page')}</Go>
          </p>
          <h1>{w('import.title')}</h1>
          <p>{w('import.text')}</p>
        </div>
      </header>
      {/* Stays while its parts come and go: only so is it said aloud that the file is in. */}
      <p className="unseen" role="status">
        {done ? w('import.done', { file: done.file }) : ''}
      </p>
      <div className="stack">
        {!look && !done && <DropFile sent={setLook} />}
        {look && !done && (
          <MapFile key={look.upload} look={look} done={setDone} leave={() => leave(look.upload)} />
        )}
        {done && <ImportDone done={done} again={begin} />}
        <ImportList />
      </div>
    </>
  );
}
