// The latest data of every key: what a table with one row per order would hold.

const KEY = 'orderId';

export const initial = {};

export function fold(state, event) {
  const key = event.data?.[KEY];
  if (key === undefined) return state;
  state[key] = { version: event.version, type: event.type, data: event.data };
  return state;
}
