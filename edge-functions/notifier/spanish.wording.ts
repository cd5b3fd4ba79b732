import { type OrderedLine, type OrderLine } from '../shared/event-data.ts';
import { bold, formatted } from './formatted-text.ts';
import { itemList, MAX_NAME, orderName, productName, sentence } from './phrases.ts';
import { readable, readableCount, readableMoney } from './readable.ts';
import { type Wording } from './wording.ts';

const LOCALE = 'es';

// The events say why in English; of a reason that is not here, that sentence is told.
const refusals: Readonly<Record<string, string>> = {
  OUT_OF_STOCK: 'No hay existencias suficientes.',
  UNKNOWN_PRODUCT: 'Contiene un producto que no está en el catálogo.',
  MIXED_CURRENCIES: 'Mezcla productos en monedas distintas.',
  TOTAL_TOO_LARGE: 'El importe total es demasiado alto.',
  ORDER_CANCELLED: 'El pedido ya estaba cancelado.',
};

const disablings: Readonly<Record<string, string>> = {
  GONE: 'El destino respondió que ya no existe (410).',
  FAILING: 'Lleva días fallando.',
};

const items = (lines: readonly (OrderLine | OrderedLine)[]): string =>
  itemList(lines, LOCALE, (more) => `y ${more} más`);
const count = (units: number): string => readableCount(units, LOCALE);

export const spanish: Wording = {
  'order.confirmed': (order) =>
    formatted`✅ Tu pedido ${orderName(order)} está confirmado: ${items(order.items)}, ${readableMoney(order.total, LOCALE)}`,

  'order.rejected': (order) =>
    formatted`❌ Tu pedido ${orderName(order)} ha sido rechazado: ${items(order.items)}. ${
      refusals[order.reason] ?? sentence(order.detail)
    }`,

  'order.cancelled': (order) =>
    formatted`↩️ Tu pedido ${orderName(order)} está cancelado: ${items(order.items)}${
      order.total ? `, ${readableMoney(order.total, LOCALE)}` : ''
    }`,

  'product.stockLow': (product) =>
    formatted`⚠️ Quedan pocas unidades de ${productName(product)}: ${count(product.available)} disponibles, el umbral es ${count(product.threshold)}`,

  'product.stockAdjusted': (product) =>
    formatted`📦 ${productName(product)}: ${readableCount(product.delta, LOCALE, { signed: true })}, ahora ${count(product.stock.available)} disponibles y ${count(product.stock.reserved)} reservadas. ${sentence(product.reason)} Por ${readable(product.adjustedBy, MAX_NAME)}`,

  'webhook.disabled': (webhook) =>
    formatted`🔕 El webhook hacia ${bold(readable(webhook.host, MAX_NAME))} está desactivado. ${
      disablings[webhook.reason] ?? sentence(webhook.detail)
    } Sus eventos se guardan hasta que alguien lo active.`,

  'webhook.test': (test) => formatted`🔔 Prueba: ${sentence(test.message)}`,
};
