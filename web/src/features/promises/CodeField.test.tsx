// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { CodeField } from './CodeField';
import { Coloured } from './PromiseText';

afterEach(cleanup);

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
  const { container } = render(<CodeField label="Text" text={TEXT} diagnostics={[fault]} change={change} />);
  expect(container.querySelector('.mark-error')?.textContent).toBe('order.delivered');
  const field = screen.getByLabelText('Text');
  expect(field.getAttribute('aria-invalid')).toBe('true');
  fireEvent.change(field, { target: { value: 'x' } });
  expect(change).toHaveBeenCalledWith('x');
});
