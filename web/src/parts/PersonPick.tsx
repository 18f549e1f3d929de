import { useQuery } from '@tanstack/react-query';
import { listPeople } from '../api/administration';
import { useCaller, useMay } from '../api/session';
import { useWords } from '../frame/language';
import { Pick } from './Pick';
import { TextField } from './TextField';

/** Somebody who signs in here: picked by those who may see who there is, else typed, oneself with one press. */
export function PersonPick(props: {
  label: string;
  value: string;
  choose: (login: string) => void;
  isRequired: boolean;
}) {
  const { label, value, choose, isRequired } = props;
  const w = useWords();
  const mayList = useMay()('people.administer');
  const { caller } = useCaller();
  const { data } = useQuery({ queryKey: ['people'], queryFn: listPeople, enabled: mayList });
  if (mayList) {
    const people = (data?.people ?? []).filter((it) => !it.disabled || it.login === value);
    return (
      <Pick
        {...props}
        none={w('record.none')}
        options={people.map((it) => ({ id: it.login, label: `${it.name} (${it.login})` }))}
      />
    );
  }
  return (
    <div className="person-pick">
      <TextField label={label} value={value} set={choose} isRequired={isRequired} isCode />
      {caller && value !== caller.login && (
        <button type="button" className="quiet small" onClick={() => choose(caller.login)}>
          {w('record.me', { name: caller.name })}
          <span className="unseen">: {label}</span>
        </button>
      )}
    </div>
  );
}
