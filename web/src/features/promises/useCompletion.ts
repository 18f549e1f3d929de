import { type KeyboardEvent, useState } from 'react';
import type { Vocabulary } from '../../api/promises';
import { type Completion, complete } from './completion';

const NOTHING: Vocabulary = { types: [], keys: [], attributes: [], units: [], calendars: [] };

/**
 * What the field offers, and the keys for it, as in any editor: arrows choose, Enter or Tab takes, Escape closes,
 * Ctrl+Space asks. While nothing is offered, every key is the field's own.
 */
export function useCompletion(vocabulary: Vocabulary | undefined, change: (text: string) => void) {
  const [offer, setOffer] = useState<Completion>();
  const [chosen, setChosen] = useState(0);
  const look = (field: HTMLTextAreaElement, isAsked: boolean) => {
    const isCaret = field.selectionStart === field.selectionEnd;
    const of = vocabulary ?? NOTHING;
    setOffer(isCaret ? complete(field.value, field.selectionStart, of, isAsked) : undefined);
    setChosen(0);
  };
  const close = () => setOffer(undefined);
  const take = (field: HTMLTextAreaElement, index: number) => {
    const option = offer?.options[index];
    if (!offer || !option) return;
    const text = field.value.slice(0, offer.from) + option.text + field.value.slice(offer.to);
    close();
    change(text);
    // Why later: React writes the text first, which moves the caret to the end.
    requestAnimationFrame(() => {
      const caret = offer.from + option.text.length;
      field.focus();
      field.setSelectionRange(caret, caret);
    });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === ' ' && event.ctrlKey) {
      event.preventDefault();
      look(event.currentTarget, true);
      return;
    }
    if (!offer) return;
    const count = offer.options.length;
    if (event.key === 'ArrowDown') setChosen((chosen + 1) % count);
    else if (event.key === 'ArrowUp') setChosen((chosen + count - 1) % count);
    else if (event.key === 'Escape') close();
    else if (event.key === 'Enter' || event.key === 'Tab') take(event.currentTarget, chosen);
    else {
      // Wherever else the caret goes, the offer does not fit any more; letters ask anew.
      if (/^(ArrowLeft|ArrowRight|Home|End|PageUp|PageDown)$/.test(event.key)) close();
      return;
    }
    event.preventDefault();
  };
  return { offer, chosen, look, take, close, onKeyDown };
}
