import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Environment } from './environment.js';
import { databasesOnPostgres, keepDatabases } from './part-databases.js';
import { parts } from './parts.js';
import { StartError } from './start.errors.js';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'holdfast-databases-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const ONE = { scale: new Map(), postgres: false };
const TWO_ORDERS = { scale: new Map([['orders', 2]]), postgres: false };
const ALL = { scale: new Map(), postgres: true };

const chosen = (options = ONE, environment: Environment = {}): string[] =>
  databasesOnPostgres(parts, options, environment, dataDir).map(({ name }) => name);

describe('the databases on a PostgreSQL that is started', () => {
  it('are those of services that run more than once, or all', () => {
    expect(chosen()).toEqual([]);
    expect(chosen(TWO_ORDERS)).toEqual(['orders']);
    expect(chosen({ scale: new Map([['gateway', 2]]), postgres: false })).toEqual([]);
    expect(chosen(ALL)).toEqual(['products', 'orders', 'webhooks']);
  });

  it('stay there, so that their data stays in view', () => {
    keepDatabases(dataDir, databasesOnPostgres(parts, TWO_ORDERS, {}, dataDir));
    expect(chosen()).toEqual(['orders']);
    keepDatabases(
      dataDir,
      databasesOnPostgres(parts, { scale: new Map([['webhooks', 2]]), postgres: false }, {}, dataDir),
    );
    expect(chosen()).toEqual(['orders', 'webhooks']);
  });

  it('are none that somebody has elsewhere', () => {
    const elsewhere = { ORDERS_DATABASE_URL: 'postgres://user:password@db/orders' };
    expect(chosen(TWO_ORDERS, elsewhere)).toEqual([]);
    expect(chosen(ALL, elsewhere)).toEqual(['products', 'webhooks']);
    expect(chosen(ONE, { ORDERS_DATABASE_URL: 'sqlite:/orders.db' })).toEqual([]);
  });

  it('hide no data that is in a SQLite file', () => {
    writeFileSync(join(dataDir, 'orders.db'), '');
    expect(chosen({ scale: new Map([['products', 2]]), postgres: false })).toEqual(['products']);
    for (const options of [TWO_ORDERS, ALL]) {
      expect(() => chosen(options)).toThrow(StartError);
      expect(() => chosen(options)).toThrow(
        /orders-service has its data in .*orders\.db.*"npm run db:copy -- --service orders --to/,
      );
    }
    expect(chosen(TWO_ORDERS, { ORDERS_DATABASE_URL: 'postgresql://db/orders' })).toEqual([]);
  });

  it.each(['sqlite:/orders.db', '/orders.db'])('are refused where several are to share %s', (url) => {
    for (const options of [TWO_ORDERS, ALL]) {
      expect(() => chosen(options, { ORDERS_DATABASE_URL: url })).toThrow(/^ORDERS_DATABASE_URL names a SQLite file/);
    }
  });
});
