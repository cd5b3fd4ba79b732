import { createLogger } from '@holdfast/platform';
import { Registry } from 'prom-client';
import { type StockCheck } from '../app/check-stock.js';
import { type StockDifference } from '../domain/stock-difference.js';
import { observeStockLedger } from './stock-ledger.metric.js';

const difference: StockDifference = { productId: 'p', sku: 'mug', counter: 'available', counted: 5, ledger: 7 };

function observed(check: () => Promise<StockDifference[]>) {
  const registry = new Registry();
  let now = 0;
  let checks = 0;
  const execute = async (): Promise<StockCheck> => {
    checks += 1;
    return { products: 1, movements: 1, differences: await check() };
  };
  observeStockLedger(registry, { execute }, createLogger('test', 'silent'), () => now);
  const scrape = async () =>
    (await registry.getSingleMetricAsString('holdfast_stock_ledger_mismatches')).split(' ').at(-1);
  return { scrape, checks: () => checks, pass: (ms: number) => (now += ms) };
}

describe('the metric of the stock ledger', () => {
  it('shows how many counters differ', async () => {
    expect(await observed(async () => []).scrape()).toBe('0');
    expect(await observed(async () => [difference, { ...difference, counter: 'sold' }]).scrape()).toBe('2');
  });

  it('checks every 30 s at most, however often it is scraped', async () => {
    const metric = observed(async () => []);
    await Promise.all([metric.scrape(), metric.scrape()]);
    metric.pass(29_999);
    await metric.scrape();
    expect(metric.checks()).toBe(1);
    metric.pass(1);
    await metric.scrape();
    expect(metric.checks()).toBe(2);
  });

  it('says that it does not know, and checks again later, when the ledger cannot be read', async () => {
    const answers = [() => Promise.reject(new Error('disk I/O error')), async () => []];
    const metric = observed(() => (answers.shift() ?? (async () => []))());
    expect(await metric.scrape()).toMatch(/^nan$/i);
    metric.pass(30_000);
    expect(await metric.scrape()).toBe('0');
  });
});
