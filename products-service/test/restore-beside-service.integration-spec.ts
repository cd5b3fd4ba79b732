import { RELAY_LOCK } from '@holdfast/messaging';
import { type Database } from '@holdfast/platform';
import { TestDatabase } from '@holdfast/testing';
import { productsSchema } from '../src/app.module.js';
import { restoreReservationsIn } from '../src/restore-reservations.js';

async function* nothing(): AsyncGenerator<string> {}

describe('restoring reservations on PostgreSQL', () => {
  let test: TestDatabase;
  let running: Database;

  beforeEach(async () => {
    test = await TestDatabase.create('postgres');
    running = await test.open(productsSchema);
  });
  afterEach(() => test.close());

  it('is refused while an instance of the service runs, and says what to do', async () => {
    const lock = running.processLock(RELAY_LOCK);
    expect(await lock.take()).toBe(true);
    await expect(restoreReservationsIn(test.location, nothing())).rejects.toThrow('stop all of its instances first');
    await lock.release();
    expect(await restoreReservationsIn(test.location, nothing())).toMatchObject({ exitCode: 0 });
  });
});
