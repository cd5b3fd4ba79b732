import { type OrderedLine, type OrderLine } from '../shared/event-data.ts';
import { bold, formatted } from './formatted-text.ts';
import { itemList, MAX_NAME, orderName, productName, sentence } from './phrases.ts';
import { readable, readableCount, readableMoney } from './readable.ts';
import { type Wording } from './wording.ts';

const LOCALE = 'en';

const items = (lines: readonly (OrderLine | OrderedLine)[]): string =>
  itemList(lines, LOCALE, (more) => `and ${more} more`);
const count = (units: number): string => readableCount(units, LOCALE);

export const english: Wording = {
  'order.confirmed': (order) =>
    formatted`✅ Your order ${orderName(order)} is confirmed: ${items(order.items)}, ${readableMoney(order.total, LOCALE)}`,

  'order.rejected': (order) =>
    formatted`❌ Your order ${orderName(order)} was refused: ${items(order.items)}. ${sentence(order.detail)}`,

  'order.cancelled': (order) =>
    formatted`↩️ Your order ${orderName(order)} is cancelled: ${items(order.items)}${
      order.total ? `, ${readableMoney(order.total, LOCALE)}` : ''
    }`,

  'product.stockLow': (product) =>
    formatted`⚠️ ${productName(product)} is running low: ${count(product.available)} available, the threshold is ${count(product.threshold)}`,

  'product.stockAdjusted': (product) =>
    formatted`📦 ${productName(product)}: ${readableCount(product.delta, LOCALE, { signed: true })}, now ${count(product.stock.available)} available and ${count(product.stock.reserved)} reserved. ${sentence(product.reason)} By ${readable(product.adjustedBy, MAX_NAME)}`,

  'webhook.disabled': (webhook) =>
    formatted`🔕 The webhook to ${bold(readable(webhook.host, MAX_NAME))} is switched off. ${sentence(webhook.detail)} Its events are kept until somebody enables it.`,

  'webhook.test': (test) => formatted`🔔 Test: ${sentence(test.message)}`,
};
