import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { idOf, OtherShape, shapeOf, textOf } from './shape';

const TEXT = `promise delivered "Delivered when we said"
  claim "At home by the day we promise" at "https://shop.example"
  kept by logistics   weight 5
  touchpoint delivery
  when order.placed where status != "canceled"
  then order.delivered within 5 business days, same order
  unless order.cancelled, same order
  target 95% each month, at least 30 instances
`;

const cannot = (text: string): string => {
  try {
    shapeOf(text);
  } catch (error) {
    if (error instanceof OtherShape) return error.message;
    throw error;
  }
  return 'it has the shape';
};

test('a text of the usual shape is a form', () => {
  expect(shapeOf(TEXT)).toMatchObject({
    id: 'delivered',
    title: 'Delivered when we said',
    keptBy: 'logistics',
    weight: '5',
    rule: 'then',
    first: { type: 'order.placed', where: 'status != "canceled"' },
    second: { type: 'order.delivered', where: '' },
    bound: 'within',
    amount: '5',
    unit: 'business days',
    same: 'order',
    unless: { type: 'order.cancelled', where: '' },
    percent: '95',
    each: 'month',
    atLeast: '30',
    others: ['claim "At home by the day we promise" at "https://shop.example"', 'touchpoint delivery'],
  });
});

test('a form is the text again', () => {
  expect(textOf(shapeOf(TEXT))).toBe(TEXT);
});

test('Swedish stays Swedish', () => {
  const text = `löfte svar "Vi svarar"
  hålls av service
  när call.queued
  så call.answered inom 3 min, samma call
  mål 80% varje dag
`;
  expect(shapeOf(text)).toMatchObject({
    spelling: 'sv',
    keptBy: 'service',
    unit: 'min',
    same: 'call',
    each: 'day',
  });
  expect(textOf(shapeOf(text))).toBe(text);
});

test('never within', () => {
  const text = `promise once "Once is enough"
  kept by service
  after contact.ended never contact.started within 7 days, same matter
  target 80%
`;
  expect(shapeOf(text)).toMatchObject({ rule: 'never', amount: '7', unit: 'days', same: 'matter' });
  expect(textOf(shapeOf(text))).toBe(text);
});

test('what the form cannot show is named', () => {
  const rule = (it: string) => cannot(`promise x "T" kept by u ${it}`);
  expect(rule('when A then (B or C) within 2 h')).toBe('(');
  expect(rule('when A then B within 2 h then C within 2 h')).toBe('then');
  expect(rule('when A as x then B within 2 h')).toBe('as');
  expect(rule('when A then B within 2 h, one for one')).toBe('one for one');
  expect(rule('never A')).toBe('never');
  expect(rule('when A then B within 2 h target 80% per channel')).toBe('per');
  expect(cannot(`${TEXT}# a note\n`)).toBe('# a note');
  expect(cannot('promise x "T" kept by u')).toBe('');
});

// Whatever it shows of our own promises, it must give back in full: the same tokens, whatever the layout.
test('the promises of the packs', () => {
  const folder = `${import.meta.dirname}/../../../../packs/telecom`;
  const texts = readdirSync(folder)
    .filter((it) => it.endsWith('.promise'))
    .flatMap((it) => readFileSync(`${folder}/${it}`, 'utf8').split(/\n(?=promise |löfte )/))
    .map((it) => it.replaceAll(/#.*$/gm, '').trim())
    .filter((it) => /^(promise|löfte) /.test(it));
  const shown = texts.filter((it) => cannot(it) === 'it has the shape');
  expect(shown.length).toBeGreaterThan(10);
  for (const it of shown) expect(shapeOf(textOf(shapeOf(it)))).toEqual(shapeOf(it));
});

test('an id of a title', () => {
  expect(idOf('Hemma inom 5 dagar, på köpet!')).toBe('hemma-inom-5-dagar-pa-kopet');
});
