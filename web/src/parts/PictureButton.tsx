import type { RefObject } from 'react';
import { useWords } from '../frame/language';
import { useCopy } from './copy';
import { pictureOf } from './picture';

/** Puts a drawing into the clipboard, as a picture. */
export function PictureButton({ of }: { of: RefObject<Element | null> }) {
  const w = useWords();
  const put = useCopy();
  const copy = async () => {
    const drawing = of.current;
    if (!drawing) return;
    await put(
      () => navigator.clipboard.write([new ClipboardItem({ 'image/png': pictureOf(drawing) })]),
      w('picture.copied'),
    );
  };
  return (
    <button type="button" className="quiet small no-print picture-button" onClick={() => void copy()}>
      {w('picture.copy')}
    </button>
  );
}
