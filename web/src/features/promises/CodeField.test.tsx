// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { IntlProvider } from 'react-intl';
import { afterEach, expect, test, vi } from 'vitest';
import english from '../../words/en.json';
import { CodeField } from './CodeField';
import { Coloured } from './PromiseText';

afterEach(cleanup);

const VOCABULARY = {
  types: ['order.placed', 'order.paid'],
  keys: [],
  attributes: [],
  units: [],
  calendars: [],
};

function Field({ start }: { start: string }) {
  const [text, setText] = useState(start);
  return (
    <IntlProvider locale="en-GB" messages={english}>
      <CodeField label="Text" text={text} diagnostics={[]} vocabulary={VOCABULARY} change={setText} />
    </IntlProvider>
  );
}

const TEXT = 'promise x "A <b>title</b>"\n  kept by försäljning # why\n  then order.delivered within 2 h\n';

test('colouring changes no letter, and what stands in quotes is text', () => {
  const { container } = render(<Coloured text={TEXT} />);
  expect(container.textContent).toBe(TEXT);
  expect(container.querySelector('b')).toBeNull();
  expect(container.querySelector('.code-type')?.textContent).toBe('order.delivered');
  expect(container.querySelector('.code-comment')?.textContent).toBe('# why');
});

test('a fault is marked under its words, and what is typed is told', () => {
  const change = vi.fn();
  const fault = {
    severity: 'error' as const,
    code: 'missing-comma',
    message: '',
    suggestion: null,
    from: { line: 3, column: 8 },
    to: { line: 3, column: 23 },
  };
  const { container } = render(
    <IntlProvider locale="en-GB" messages={english}>
      <CodeField label="Text" text={TEXT} diagnostics={[fault]} change={change} />
    </IntlProvider>,
  );
  expect(container.querySelector('.mark-error')?.textContent).toBe('order.delivered');
  const field = screen.getByLabelText('Text');
  expect(field.getAttribute('aria-invalid')).toBe('true');
  fireEvent.change(field, { target: { value: 'x' } });
  expect(change).toHaveBeenCalledWith('x');
});

test('words are offered by the keyboard and taken', async () => {
  render(<Field start={'promise x "T" when '} />);
  const field = screen.getByLabelText<HTMLTextAreaElement>('Text');
  const begun = `${field.value}order.p`;
  fireEvent.change(field, { target: { value: begun, selectionStart: begun.length } });
  const options = () => screen.queryAllByRole('option').map((it) => it.firstElementChild?.textContent);
  expect(options()).toEqual(['order.placed', 'order.paid']);
  fireEvent.keyDown(field, { key: 'ArrowDown' });
  const active = field.getAttribute('aria-activedescendant');
  expect(document.getElementById(active ?? '')?.getAttribute('aria-selected')).toBe('true');
  fireEvent.keyDown(field, { key: 'Enter' });
  await waitFor(() => expect(field.value).toBe('promise x "T" when order.paid'));
  expect(options()).toEqual([]);
  expect(field.getAttribute('aria-activedescendant')).toBeNull();
});

test('Escape closes what is offered, and Tab is the page’s own then', () => {
  render(<Field start={'promise x "T" when '} />);
  const field = screen.getByLabelText<HTMLTextAreaElement>('Text');
  const begun = `${field.value}order.p`;
  fireEvent.change(field, { target: { value: begun, selectionStart: begun.length } });
  fireEvent.keyDown(field, { key: 'Escape' });
  expect(screen.queryAllByRole('option')).toEqual([]);
  expect(fireEvent.keyDown(field, { key: 'Tab' })).toBe(true);
});
