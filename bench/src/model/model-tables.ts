import { figure } from '../report/text-table.js';
import { givenWay, type Limit, limits, type Plan, plan } from './capacity.js';
import { type FigureName, Figures, figureNames, flagOf, specOf } from './figures.js';
import { markdownTable } from './markdown-table.js';

/** What the model is told, measured or assumed, with the option that changes it. */
export function inputTable(figures: Figures, kind: 'measured' | 'assumed'): string {
  const isAssumed = (name: FigureName) => specOf(name).assumed !== undefined;
  const rows = figureNames
    .filter((name) => isAssumed(name) === (kind === 'assumed'))
    .map((name) => [specOf(name).what, plainFigure(figures[name]), `\`--${flagOf(name)}\``]);
  return markdownTable([[kind, 'figure', 'option'], ...rows]);
}

/** How far one of each goes. */
export function limitTable(figures: Figures): string {
  const rows = limits(figures).map(({ part, ordersPerSecond, beyond }) => [
    part,
    figure(ordersPerSecond),
    figure(rounded(ordersPerSecond * 60)),
    beyond,
  ]);
  return markdownTable([['one of these', 'orders/s', 'orders/min', 'beyond it'], ...rows]);
}

const ROWS: [what: string, value: (plan: Plan) => string][] = [
  ['orders a second', (p) => figure(p.ordersPerSecond)],
  ['busy cores, all parts', (p) => figure(p.busyCores, 1)],
  ['gateway processes', (p) => figure(p.gateways)],
  ['orders-service processes', (p) => figure(p.ordersProcesses)],
  ['products-service processes', (p) => figure(p.productsProcesses)],
  ['webhook-publisher processes', (p) => figure(p.webhookProcesses)],
  ['broker nodes', (p) => figure(p.brokerNodes)],
  ['PostgreSQL servers of orders and products', (p) => figure(p.databaseServers)],
  ['partitions of orders', (p) => partitions(p.ordersPartitions)],
  ['partitions of products', (p) => partitions(p.productsPartitions)],
  ['partitions of webhooks', (p) => partitions(p.webhookPartitions)],
  ['messages published a second', (p) => figure(p.messagesPerSecond)],
  ['commits a second', (p) => figure(p.commitsPerSecond)],
  ['log of PostgreSQL, MiB/s', (p) => figure(p.logMiBPerSecond, 1)],
  ['network, Gbit/s', (p) => figure(p.networkGbitPerSecond, 2)],
  ['stored a day by orders and products, GiB', (p) => figure(p.storedGiBPerDay)],
  ['days until their disks are full', (p) => figure(p.daysToFull, p.daysToFull < 10 ? 1 : 0)],
  ['largest share of one product', (p) => `${figure(p.hottestShare * 100, p.hottestShare < 0.1 ? 1 : 0)} %`],
  ['times what one machine was measured with', (p) => figure(p.timesMeasured, 2)],
];

/** One column for each rate. */
export function planTable(figures: Figures, rates: readonly number[]): string {
  const plans = rates.map((rate) => plan(figures, rate));
  const header = ['orders a minute', ...plans.map(({ ordersPerMinute }) => figure(ordersPerMinute))];
  const all = limits(figures);
  const body = ROWS.map(([what, value]) => [what, ...plans.map(value)]);
  return markdownTable([
    header,
    ...body,
    ['first that more of the same does not help', ...plans.map((p, index) => firstOf(all, plans, p, index))],
  ]);
}

/** Between the rate of the column before, where that is sized for, and this one. */
function firstOf(all: readonly Limit[], plans: readonly Plan[], { ordersPerSecond }: Plan, index: number): string {
  const from = plans[index - 1]?.ordersPerSecond ?? 0;
  const [first] = givenWay(all, from, ordersPerSecond);
  return first?.part ?? 'nothing';
}

const partitions = (count: number): string => (count === 1 ? 'none' : figure(count));

/** Three digits are more than such a figure can hold. */
const rounded = (value: number): number => Number(value.toPrecision(3));

const plainFigure = (value: number): string => figure(value, value < 10 && !Number.isInteger(value) ? 2 : 0);
