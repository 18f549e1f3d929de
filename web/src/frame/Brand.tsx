import { Go } from './Go';
import mark from './mark.svg';

export function Brand() {
  return (
    <Go to="/" className="brand">
      <img src={mark} alt="" width={28} height={28} />
      <span>Handslag</span>
    </Go>
  );
}
