import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changePerson } from '../../api/administration';
import { loadDemo } from '../../api/imports';
import { useCaller, useMay } from '../../api/session';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { tell } from '../../parts/notices';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { useFigures } from '../../parts/times';
import { Connect } from '../sources/Connect';
import { StorySteps } from './StorySteps';
import './begin.css';
import '../sources/sources.css';

const ALL = '*';
const TRYING = ['front_line', 'owner', 'analyst', 'steward', 'leader', 'administrator'];

/** Who administers sees no customer. On a house of one's own one may take the other roles, and give them back. */
function TakeRoles() {
  const w = useWords();
  const client = useQueryClient();
  const { caller } = useCaller();
  const give = async (roles: { role: string; unit: string }[]) => {
    await changePerson(caller?.login ?? '', { roles });
    await client.invalidateQueries();
  };
  const taking = useMutation({
    mutationFn: () => give(TRYING.map((role) => ({ role, unit: ALL }))),
    onSuccess: () => {
      const before = caller?.roles ?? [];
      tell({ text: w('begin.roles.taken'), undo: () => give(before) });
    },
  });
  return (
    <section className="sheet stack begin-roles" aria-labelledby="roles">
      <h2 id="roles">{w('begin.roles')}</h2>
      <p>{w('begin.roles.text')}</p>
      {taking.error && <ProblemPanel error={taking.error} />}
      <div className="row">
        <Button onClick={() => taking.mutate()} loading={taking.isPending}>
          {w('begin.roles.take')}
        </Button>
        <Go to="/administration">{w('begin.roles.others')}</Go>
      </div>
    </section>
  );
}

function Story() {
  const w = useWords();
  const may = useMay();
  const client = useQueryClient();
  const { count } = useFigures();
  const loading = useMutation({ mutationFn: loadDemo, onSuccess: () => client.invalidateQueries() });
  if (loading.data) {
    return (
      <div className="stack" role="status">
        <p>
          <b>
            {w('begin.story.there', {
              events: count(loading.data.events),
              customers: count(loading.data.customers),
            })}
          </b>
        </p>
        <StorySteps />
      </div>
    );
  }
  return (
    <div className="stack">
      {loading.error && <ProblemPanel error={loading.error} />}
      {may('settings.administer') ? (
        <div className="row">
          <Button onClick={() => loading.mutate()} loading={loading.isPending}>
            {w('begin.story.load')}
          </Button>
        </div>
      ) : (
        <p className="small faint">{w('begin.story.may-not')}</p>
      )}
      {loading.isPending && (
        <p className="small faint" role="status">
          {w('begin.story.loading')}
        </p>
      )}
    </div>
  );
}

/** The first start: three ways, each to a first real answer within five minutes. */
export default function Begin() {
  const w = useWords();
  const may = useMay();
  const [isConnecting, setConnecting] = useState(false);
  const sees = may('card.read') && may('files.import');
  return (
    <>
      <header className="page-head">
        <div>
          <h1>{w('begin.title')}</h1>
          <p>{w('begin.text')}</p>
        </div>
      </header>
      <div className="stack">
        {!sees && may('people.administer') && <TakeRoles />}
        <div className="begin">
          <section className="sheet stack" aria-labelledby="story">
            <h2 id="story">{w('begin.story')}</h2>
            <p className="faint">{w('begin.story.text')}</p>
            <Story />
          </section>
          <section className="sheet stack" aria-labelledby="file">
            <h2 id="file">{w('begin.file')}</h2>
            <p className="faint">{w('begin.file.text')}</p>
            {may('files.import') ? (
              <div className="row">
                <Go to="/sources/import" className="action">
                  {w('begin.file.go')}
                </Go>
              </div>
            ) : (
              <p className="small faint">{w('import.may-not.text')}</p>
            )}
          </section>
          <section className="sheet stack" aria-labelledby="system">
            <h2 id="system">{w('begin.system')}</h2>
            <p className="faint">{w('begin.system.text')}</p>
            {!isConnecting && (
              <div className="row">
                <button type="button" className="action" onClick={() => setConnecting(true)}>
                  {w('begin.system.go')}
                </button>
              </div>
            )}
          </section>
        </div>
        {isConnecting && (
          <div className="sheet">
            <Connect />
          </div>
        )}
      </div>
    </>
  );
}
