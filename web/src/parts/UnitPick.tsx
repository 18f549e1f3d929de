import { useUnits } from '../api/units';
import { useWords } from '../frame/language';

/** One unit of the installation. */
export function UnitPick(props: {
  label: string;
  value: string;
  choose: (id: string) => void;
  isRequired?: boolean;
  /** Instead of asking for a choice: what no choice means. */
  none?: string;
}) {
  const w = useWords();
  const units = useUnits();
  return (
    <label className="pick">
      {props.label}
      <select
        value={props.value}
        required={props.isRequired ?? false}
        onChange={(event) => props.choose(event.currentTarget.value)}
      >
        <option value="">{props.none ?? w('act.unit.choose')}</option>
        {units.map((it) => (
          <option key={it.id} value={it.id}>
            {it.name}
          </option>
        ))}
      </select>
    </label>
  );
}
