import { describe, expect, it } from 'vitest';
import { commandChoices, placeChoices, storeChoices } from '../../../../src/renderer/src/features/frame/choices.ts';
import { shortcutGroups } from '../../../../src/renderer/src/features/frame/shortcut-list.ts';
import { COMMANDS, type Command } from '../../../../src/shared/ipc/commands.ts';
import type { TopicRow } from '../../../../src/shared/ipc/contract/topics.ts';

const states = COMMANDS.map((command: Command) => ({
  command: command as never,
  refusal: command.id === 'store.close' ? 'No store is open.' : null,
  checked: command.id === 'theme.dark',
}));

const topic = (name: string, latestVersion: number | null = 10): TopicRow =>
  ({
    name,
    latestVersion,
    adapter: 'fs',
    connection: '.',
    reserved: false,
    trouble: null,
    incarnation: 1,
    options: {},
  }) as unknown as TopicRow;

const TOPICS = [topic('customers'), topic('orders', 12), topic('orders.refunds', 3), topic('c#', 5), topic('broken', null)];
const options = { query: '', recent: [], current: 'customers' };

describe('the palette', () => {
  it('has every command, those that cannot be done with their reason', () => {
    const choices = commandChoices(states, '', []);
    expect(choices).toHaveLength(COMMANDS.length);
    expect(choices.find(({ id }) => id === 'store.close')).toMatchObject({ refusal: 'No store is open.', note: 'No store is open.' });
    expect(choices.find(({ id }) => id === 'theme.dark')).toMatchObject({ title: 'View: Theme: Dark', checked: true });
  });

  it('shows recent commands first until something is typed, and then only lets them win ties', () => {
    const recent = ['zoom.out', 'theme.light'];
    expect(
      commandChoices(states, '', recent)
        .slice(0, 2)
        .map(({ id }) => id),
    ).toEqual(recent);
    expect(commandChoices(states, 'theme', recent)[0]?.id).toBe('theme.light');
    expect(commandChoices(states, 'dark', recent)[0]?.id).toBe('theme.dark');
  });
});

describe('quick open', () => {
  const found = (query: string) =>
    placeChoices(TOPICS, { ...options, query }).map(({ topic: name, version, refusal }) => ({ name, version, refusal }));

  it('finds topics, the ones last gone to first while nothing is typed', () => {
    expect(placeChoices(TOPICS, { ...options, recent: ['orders.refunds'] })[0]?.topic).toBe('orders.refunds');
    expect(found('ord').map(({ name }) => name)).toEqual(['orders', 'orders.refunds']);
  });

  it('finds a version of the topic on the screen, of a named one, and of one that a link names', () => {
    expect(found('#7')).toEqual([{ name: 'customers', version: 7, refusal: null }]);
    expect(found('orders#12')[0]).toEqual({ name: 'orders', version: 12, refusal: null });
    expect(found('shop.db#orders#2')[0]).toEqual({ name: 'orders', version: 2, refusal: null });
    expect(found('c##5')).toContainEqual({ name: 'c#', version: 5, refusal: null });
  });

  it('refuses a version that is not there, saying which are', () => {
    expect(found('orders#13')[0]?.refusal).toBe('Versions go from 1 to 12.');
    expect(found('orders#0')[0]?.refusal).toBe('Versions go from 1 to 12.');
    expect(found('broken#1')[0]?.refusal).toContain('cannot be opened');
  });

  it('lists recent stores but for the one that is open, and says which are gone', () => {
    const stores = ['/a/shop.db', '/b/users.db'].map((path) => ({
      path,
      name: path.slice(3),
      kind: 'sqlite' as const,
      pinned: false,
      missing: path.startsWith('/b'),
      openedAt: null,
    }));
    expect(storeChoices(stores, '', '/a/shop.db')).toMatchObject([{ title: 'users.db', refusal: 'Nothing is at /b/users.db now.' }]);
    expect(storeChoices(stores, 'shop', null)).toMatchObject([{ title: 'shop.db', refusal: null }]);
  });

  it('answers a typed letter at once among 10,000 topics', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => topic(`tenant-${index}.orders.events`));
    const started = performance.now();
    const choices = placeChoices(many, { ...options, query: '42oev' });
    const took = performance.now() - started;
    expect(choices.length).toBeGreaterThan(100);
    // A frame or two on a machine of its own; the bound is for one that does much else.
    expect(took).toBeLessThan(1000);
  });
});

describe('the shortcut sheet', () => {
  it('has every command that has keys, by its menu, and the keys that belong to parts', () => {
    const groups = shortcutGroups('');
    const withKeys = COMMANDS.filter((command: Command) => command.keys !== undefined && command.menu !== null);
    const titles = groups.flatMap(({ shortcuts }) => shortcuts.map(({ title }) => title));
    expect(titles.length).toBeGreaterThan(withKeys.length);
    expect(groups.map(({ title }) => title)).toEqual(expect.arrayContaining(['File', 'View', 'In a JSON tree']));
  });

  it('is searched by name and by keys in any spelling', () => {
    const titles = (query: string) => shortcutGroups(query).flatMap(({ shortcuts }) => shortcuts.map(({ title }) => title));
    expect(titles('palette')).toEqual(['Command Palette…']);
    expect(titles('ctrl shift p')).toEqual(['Command Palette…']);
    expect(titles('F5')).toContain('Refresh');
    expect(titles('no such zzz')).toEqual([]);
  });
});
