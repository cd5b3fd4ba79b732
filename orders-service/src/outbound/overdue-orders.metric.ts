import { observedGauge, type Queries } from '@holdfast/platform';
import { type Registry } from 'prom-client';

// An order is decided, and a cancelled one's stock given back, within milliseconds; one that waits for this long has a
// reason to be looked at.
const OVERDUE_MS = 60_000;

const PENDING = "SELECT count(*) AS overdue FROM orders WHERE status = 'PENDING' AND created_at < ?";
const UNRELEASED = `
  SELECT count(*) AS overdue FROM orders WHERE status = 'CANCELLED' AND stock_released_at IS NULL AND updated_at < ?`;

/** Shows how many orders wait for products-service for longer than is usual: 0 in a system that is well. */
export function observeOverdueOrders(registry: Registry, queries: Queries): void {
  const observe = (name: string, help: string, sql: string) =>
    observedGauge(registry, name, help, async () => {
      const rows = await queries.all<{ overdue: number }>(sql, [Date.now() - OVERDUE_MS]);
      return rows[0]?.overdue ?? 0;
    });
  observe('holdfast_orders_overdue', 'Orders that have been PENDING for more than a minute', PENDING);
  observe(
    'holdfast_releases_overdue',
    'Orders that were cancelled more than a minute ago and whose stock is not known to be given back',
    UNRELEASED,
  );
}
