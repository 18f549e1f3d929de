import { useUnitName, useUnits } from '../api/units';
import { useWords } from '../frame/language';
import { Pick } from './Pick';

/** One unit of the installation. */
export function UnitPick(props: {
  label: string;
  value: string;
  choose: (id: string) => void;
  isRequired?: boolean;
  /** Instead of asking for a choice: what no choice means. */
  none?: string;
  /** These alone, known to the installation or not. */
  among?: string[];
}) {
  const { among, none, ...rest } = props;
  const w = useWords();
  const units = useUnits();
  const name = useUnitName();
  // Where the installation declares none, what is chosen already may stay.
  const ids = among ?? (units.length > 0 ? units.map((it) => it.id) : [props.value].filter(Boolean));
  return (
    <Pick
      {...rest}
      none={none ?? w('act.unit.choose')}
      options={ids.map((id) => ({ id, label: name(id) }))}
    />
  );
}
