import { expect, it } from 'vitest';
import { foldTopicName, validateTopicName } from '../../src/main/eventstore/topic-name.ts';

const invalid = expect.objectContaining({ code: 'INVALID_TOPIC_NAME' });

it('takes the names people give to topics', () => {
  for (const name of ['orders', 'order.events', 'a', '7', 'audit-zoë', '日本語', 'with space', 'x_y', '.hidden', 'v1.2', 'x'.repeat(200)]) {
    expect(() => validateTopicName(name), name).not.toThrow();
  }
});

it('refuses names that are paths, devices, invisible, ambiguous or too long', () => {
  const names = [
    '',
    '.',
    '..',
    '../x',
    '../../etc',
    '..\\x',
    '/abs',
    'C:\\x',
    '\\\\srv\\x',
    'a/b',
    'a\\b',
    'a:b',
    'a\0b',
    'a\nb',
    ' a',
    'a ',
    '*',
    'a?',
    '$(x)',
    '-rf',
    '~',
    'CON',
    'con.',
    'NUL.txt',
    'com1',
    'LPT¹',
    'trailing.',
    'x'.repeat(201),
    'é'.repeat(101),
    'Zoe\u0308',
    'a\u202eb',
    'a\u200bb',
    '\ud800',
    '<b>',
    'a|b',
    'a"b',
  ];
  for (const name of names) expect(() => validateTopicName(name), JSON.stringify(name)).toThrow(invalid);
});

it('folds names that one system or another takes for the same', () => {
  const pairs = [
    ['Orders', 'orders'],
    ['ﬁle', 'file'],
    ['Straße', 'STRASSE'],
    ['ΣΊΣΥΦΟΣ', 'σίσυφος'],
    ['ﾊﾟ', 'パ'],
    ['K', 'k'],
  ];
  for (const [a = '', b = ''] of pairs) expect(foldTopicName(a), `${a} ${b}`).toBe(foldTopicName(b));
  expect(foldTopicName('orders')).not.toBe(foldTopicName('order'));
});
