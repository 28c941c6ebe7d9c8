// Amounts in cents, added up: captured payments less refunds, and how many of each.
// Money is counted in whole cents: 0.1 + 0.2 is not 0.3 in JavaScript, 10n + 20n is 30n.

export const initial = { captured: 0n, refunded: 0n, balance: 0n, payments: 0 };

export function fold(state, event) {
  if (event.type !== 'PaymentCaptured' && event.type !== 'RefundIssued') return state;
  const amount = cents(event.data.amount);
  const isRefund = event.type === 'RefundIssued';
  const captured = isRefund ? state.captured : state.captured + amount;
  const refunded = isRefund ? state.refunded + amount : state.refunded;
  return { captured, refunded, balance: captured - refunded, payments: state.payments + 1 };
}

// String() takes a number of any size: one that JavaScript cannot hold comes as an object that knows its text.
function cents(amount) {
  const [whole, fraction = ''] = String(amount).split('.');
  return BigInt(whole + fraction.padEnd(2, '0').slice(0, 2));
}
