import { RELAY_LOCK } from '@holdfast/messaging';
import { type DatabaseLocation, openDatabase, unitOfWorkMetrics } from '@holdfast/platform';
import { Registry } from 'prom-client';
import { ReleaseStock } from './app/release-stock.js';
import { RestoreReservation } from './app/restore-reservation.js';
import { productsSchema } from './app.module.js';
import { type CommandResult } from './inbound/check-stock.command.js';
import { runRestoration } from './inbound/restore-reservations.command.js';
import { SqlReservationRepository } from './outbound/sql-reservation.repository.js';
import { SqlStockRepository } from './outbound/sql-stock.repository.js';

/**
 * All wiring of the restoration: opens the database of products-service, which must not run.
 *
 * @throws DatabaseStartError when the service has its SQLite file open, Error when it runs on PostgreSQL; whatever
 * {@link runRestoration} throws.
 */
export async function restoreReservationsIn(
  location: DatabaseLocation,
  lines: AsyncIterable<string>,
): Promise<CommandResult> {
  const database = await openDatabase({ location, ...productsSchema }, unitOfWorkMetrics(new Registry()));
  const stock = new SqlStockRepository();
  const reservations = new SqlReservationRepository();
  const restoration = new RestoreReservation(stock, reservations, new ReleaseStock(stock, reservations));
  try {
    if (!(await database.processLock(RELAY_LOCK).take())) {
      throw new Error('products-service is running on this database: stop all of its instances first');
    }
    return await runRestoration(lines, (outcome) =>
      database.unitOfWork.run((tx) => restoration.execute(tx, outcome), 'reservation.restore'),
    );
  } finally {
    await database.close();
  }
}
