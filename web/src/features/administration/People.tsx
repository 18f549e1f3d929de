import { Button, PasswordInput, Skeleton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addPerson, changePerson, type Grant, listPeople, type Person } from '../../api/administration';
import { useUnitName } from '../../api/units';
import { useTerm, useWords } from '../../frame/language';
import { useView } from '../../frame/routes';
import { tell } from '../../parts/notices';
import { Pick } from '../../parts/Pick';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { SheetForm } from '../../parts/SheetForm';
import { TextField } from '../../parts/TextField';
import { useTimes } from '../../parts/times';
import { UnitPick } from '../../parts/UnitPick';

const ROLES = ['front_line', 'owner', 'analyst', 'steward', 'leader', 'administrator'];
const KEY = ['people'];
const EVERYWHERE = '*';

/** "owner in Logistics". */
function useGrantName(): (grant: Grant) => string {
  const w = useWords();
  const term = useTerm();
  const unit = useUnitName();
  return ({ role, unit: where }) =>
    where === EVERYWHERE
      ? term('role', role)
      : w('people.role-in', { role: term('role', role), unit: unit(where) });
}

function GrantPick({ grant, set }: { grant: Grant; set: (grant: Grant) => void }) {
  const w = useWords();
  const term = useTerm();
  return (
    <>
      <Pick
        label={w('people.roles')}
        value={grant.role}
        choose={(role) => set({ ...grant, role })}
        options={ROLES.map((it) => ({ id: it, label: term('role', it) }))}
        note={term('role.text', grant.role)}
      />
      <UnitPick
        label={w('people.in')}
        value={grant.unit === EVERYWHERE ? '' : grant.unit}
        none={w('people.all-units')}
        choose={(unit) => set({ ...grant, unit: unit || EVERYWHERE })}
      />
    </>
  );
}

function NewPassword(props: { label: string; value: string; set: (text: string) => void }) {
  const w = useWords();
  return (
    <PasswordInput
      label={props.label}
      visibilityToggleButtonProps={{ 'aria-label': w('account.show-password') }}
      value={props.value}
      onChange={(event) => props.set(event.currentTarget.value)}
      autoComplete="new-password"
      required
      withAsterisk={false}
    />
  );
}

function AddPerson({ close }: { close: () => void }) {
  const w = useWords();
  const client = useQueryClient();
  const [login, setLogin] = useState('');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [grant, setGrant] = useState<Grant>({ role: 'front_line', unit: EVERYWHERE });
  const adding = useMutation({
    mutationFn: () => addPerson({ login: login.trim(), name: name.trim(), password, roles: [grant] }),
    onSuccess: (person) => {
      void client.invalidateQueries({ queryKey: KEY });
      tell({
        text: w('people.added', { name: person.name, login: person.login }),
        undo: () =>
          changePerson(person.login, { disabled: true }).then(() =>
            client.invalidateQueries({ queryKey: KEY }),
          ),
      });
      close();
    },
  });
  return (
    <SheetForm
      title={w('people.add')}
      make={w('people.add')}
      isBusy={adding.isPending}
      error={adding.error}
      submit={adding.mutate}
      close={close}
    >
      <TextField label={w('account.name')} value={name} set={setName} maxLength={200} isRequired />
      <TextField label={w('account.login')} value={login} set={setLogin} maxLength={100} isRequired isCode />
      <NewPassword label={w('people.password')} value={password} set={setPassword} />
      <GrantPick grant={grant} set={setGrant} />
    </SheetForm>
  );
}

/** Changes a person, tells so, and can change back. */
function useChanging(person: Person) {
  const client = useQueryClient();
  const readAnew = () => client.invalidateQueries({ queryKey: KEY });
  type Part = Parameters<typeof changePerson>[1];
  return useMutation({
    mutationFn: ({ part }: { part: Part; back?: Part; text: string }) => changePerson(person.login, part),
    onSuccess: (_, { back, text }) => {
      void readAnew();
      tell({
        text,
        ...(back ? { undo: () => changePerson(person.login, back).then(readAnew) } : {}),
      });
    },
  });
}

function EditPerson({ person }: { person: Person }) {
  const w = useWords();
  const grantName = useGrantName();
  const [grant, setGrant] = useState<Grant>({ role: 'front_line', unit: EVERYWHERE });
  const [password, setPassword] = useState('');
  const changing = useChanging(person);
  const roles = (next: Grant[], text: string) =>
    changing.mutate({ part: { roles: next }, back: { roles: person.roles }, text });
  const isNew = !person.roles.some((it) => it.role === grant.role && it.unit === grant.unit);
  const { name } = person;
  return (
    <div className="person-edit">
      <ul className="row">
        {person.roles.map((it) => (
          <li key={`${it.role} ${it.unit}`} className="grant">
            {grantName(it)}
            <button
              type="button"
              className="quiet"
              aria-label={w('people.take', { role: grantName(it) })}
              onClick={() =>
                roles(
                  person.roles.filter((one) => one !== it),
                  w('people.took', { name, role: grantName(it) }),
                )
              }
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      <div className="person-row">
        <GrantPick grant={grant} set={setGrant} />
        <Button
          variant="default"
          disabled={!isNew}
          onClick={() => roles([...person.roles, grant], w('people.gave', { name, role: grantName(grant) }))}
        >
          {w('people.give')}
        </Button>
      </div>
      <label className="check">
        <input
          type="checkbox"
          checked={person.opens_protected}
          onChange={(event) => {
            const on = event.currentTarget.checked;
            changing.mutate({
              part: { opens_protected: on },
              back: { opens_protected: !on },
              text: w(on ? 'people.protected.on' : 'people.protected.off', { name }),
            });
          }}
        />
        {w('people.protected')}
      </label>
      <form
        className="person-row"
        onSubmit={(event) => {
          event.preventDefault();
          changing.mutate(
            { part: { password }, text: w('people.password-set', { name }) },
            { onSuccess: () => setPassword('') },
          );
        }}
      >
        <NewPassword label={w('people.new-password')} value={password} set={setPassword} />
        <Button type="submit" variant="default">
          {w('people.set-password')}
        </Button>
      </form>
      {changing.error && <ProblemPanel error={changing.error} />}
      <div className="row">
        <Button
          variant="subtle"
          onClick={() =>
            changing.mutate({
              part: { disabled: !person.disabled },
              back: { disabled: Boolean(person.disabled) },
              text: w(person.disabled ? 'people.was-enabled' : 'people.was-disabled', { name }),
            })
          }
        >
          {w(person.disabled ? 'people.enable' : 'people.disable')}
        </Button>
      </div>
    </div>
  );
}

function OnePerson({ person }: { person: Person }) {
  const w = useWords();
  const grantName = useGrantName();
  const { day } = useTimes();
  const [view, change] = useView();
  const isOpen = view.person === person.login;
  return (
    <li>
      <div className="person">
        <div>
          <p className="person-name">
            {person.name} <span className="faint">{person.login}</span>
          </p>
          <p className="small faint">
            {person.roles.length > 0 ? person.roles.map(grantName).join(', ') : w('people.no-role')}
            {person.disabled && (
              <span className="past"> · {w('people.disabled', { when: day(person.disabled) })}</span>
            )}
          </p>
        </div>
        <button
          type="button"
          className="chip"
          aria-expanded={isOpen}
          aria-label={w('people.edit', { name: person.name })}
          onClick={() => change({ person: isOpen ? undefined : person.login })}
        >
          {w('record.edit')}
        </button>
      </div>
      {isOpen && <EditPerson person={person} />}
    </li>
  );
}

/** Who may sign in, and what each may do where. */
export function People() {
  const w = useWords();
  const [view, change] = useView();
  const { data, error, refetch } = useQuery({ queryKey: KEY, queryFn: listPeople });
  const isAdding = view.new === '1';
  return (
    <>
      {isAdding && <AddPerson close={() => change({ new: undefined })} />}
      <section className="sheet" aria-labelledby="people">
        <div className="sheet-head">
          <h2 id="people">{w('administration.people')}</h2>
          {!isAdding && (
            <button type="button" className="chip" onClick={() => change({ new: '1' })}>
              {w('people.add')}
            </button>
          )}
        </div>
        {error && <ProblemPanel error={error} retry={() => void refetch()} />}
        {!data && !error && <Skeleton height={240} aria-busy="true" />}
        <ul className="people">
          {data?.people.map((it) => (
            <OnePerson key={it.login} person={it} />
          ))}
        </ul>
      </section>
    </>
  );
}
