import { useWords } from '../../frame/language';

const ZONES = [
  'Europe/Stockholm',
  'UTC',
  'Europe/Helsinki',
  'Europe/London',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo',
  'Asia/Kolkata',
];

/** Of times that say none themselves. */
export function ZonePick({ zone, set }: { zone: string; set: (zone: string) => void }) {
  const w = useWords();
  return (
    <label className="pick">
      {w('import.zone')}
      <select value={zone} onChange={(event) => set(event.currentTarget.value)}>
        {ZONES.map((it) => (
          <option key={it}>{it}</option>
        ))}
      </select>
      <span className="note">{w('import.zone.text')}</span>
    </label>
  );
}
