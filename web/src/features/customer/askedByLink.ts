import { useEffect, useRef } from 'react';

const MOST = 200; // bytes that the card takes (contract/api.md)

export interface AskedByLink {
  text: string;
  call?: string;
}

/** What a link asks for: "#phone=0701234567&call=4711", or "#find=" with anything that the field takes. */
export function readLink(fragment: string): AskedByLink | undefined {
  const said = new URLSearchParams(fragment.replace(/^#/, ''));
  const text = (said.get('phone') ?? said.get('find') ?? '').trim().slice(0, MOST);
  if (!text) return undefined;
  const call = said.get('call')?.trim().slice(0, MOST);
  return call ? { text, call } : { text };
}

/** A telephone system opens the card of whoever calls by a link, also in the page that is open already. What stands
 *  behind # names a person: no browser sends it anywhere, and it is gone from the address before anything is asked. */
export function useAskedByLink(find: (text: string, why?: string) => void) {
  const latest = useRef(find);
  latest.current = find;
  useEffect(() => {
    const take = () => {
      const asked = readLink(window.location.hash);
      if (!asked) return;
      window.history.replaceState(
        window.history.state,
        '',
        window.location.pathname + window.location.search,
      );
      latest.current(asked.text, asked.call);
    };
    take();
    window.addEventListener('hashchange', take);
    return () => window.removeEventListener('hashchange', take);
  }, []);
}
