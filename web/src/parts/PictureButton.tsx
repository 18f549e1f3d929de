import type { RefObject } from 'react';
import { useWords } from '../frame/language';
import { tell } from './notices';
import { pictureOf } from './picture';

/** Puts a drawing into the clipboard, as a picture. */
export function PictureButton({ of }: { of: RefObject<Element | null> }) {
  const w = useWords();
  const copy = async () => {
    if (!of.current) return;
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': pictureOf(of.current) })]);
    tell({ text: w('picture.copied') });
  };
  return (
    <button type="button" className="quiet small no-print picture-button" onClick={() => void copy()}>
      {w('picture.copy')}
    </button>
  );
}
