/** What the demo reads of an event's data. */
export interface EventData {
  total?: { amount: number; currency: string } | null;
  reserved?: boolean;
  reason?: string;
}

/** Minor units of the currencies that the demo catalogue has. */
const MINOR_UNITS = 100;

/** The total of what was sold, or why nothing was. */
export function gistOf({ total, reserved, reason }: EventData): string {
  if (reason !== undefined) return reason;
  if (reserved === false) return 'refused';
  return total ? `${(total.amount / MINOR_UNITS).toFixed(2)} ${total.currency}` : '';
}
