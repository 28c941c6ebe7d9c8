// How many events of each type there are.

export const initial = {};

export function fold(state, event) {
  state[event.type] = (state[event.type] ?? 0) + 1;
  return state;
}
