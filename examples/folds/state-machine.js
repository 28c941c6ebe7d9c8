// The status of every order. An event that its status does not allow throws: it is marked, the order stays as it was, and
// "next failing event" leads from one to the next.

const NEXT = {
  none: { OrderPlaced: 'placed' },
  placed: { OrderConfirmed: 'confirmed', OrderCancelled: 'cancelled' },
  confirmed: {},
  cancelled: {},
};

export const initial = { orders: {}, counts: {} };

export function fold(state, event) {
  const { orderId } = event.data;
  const before = state.orders[orderId] ?? 'none';
  const after = NEXT[before][event.type];
  // First check, then change: what throws half way is made undone all the same, and this way it costs less.
  if (after === undefined) throw new Error(`${event.type} cannot follow "${before}" for ${orderId}`);
  state.orders[orderId] = after;
  state.counts[after] = (state.counts[after] ?? 0) + 1;
  if (before !== 'none') state.counts[before] -= 1;
  return state;
}
