import { webhookEventTypes } from '@holdfast/contracts';
import { aCallback, ORDER_ID } from '../test/callbacks.js';
import { textOfMarkdownV2 } from '../test/markdown-v2.grammar.js';
import { type Language, messageOf, toldEventTypes } from './message.ts';

const tell = (language: Language, type: string, data = {}) => messageOf(aCallback(type, data), language)?.plain;

describe('messageOf', () => {
  it.each<[Language, string, object, string]>([
    ['en', 'order.confirmed', {}, '✅ Your order R-1 is confirmed: 2 × Blue mug, 25.00 EUR'],
    ['es', 'order.confirmed', {}, '✅ Tu pedido R-1 está confirmado: 2 × Blue mug, 25,00 EUR'],
    [
      'en',
      'order.rejected',
      {},
      '❌ Your order R-1 was refused: 2 × mug. There is not enough of mug (2 wanted, 1 available).',
    ],
    ['es', 'order.rejected', {}, '❌ Tu pedido R-1 ha sido rechazado: 2 × mug. No hay existencias suficientes.'],
    [
      'es',
      'order.rejected',
      { reason: 'NEW', detail: 'Why not' },
      '❌ Tu pedido R-1 ha sido rechazado: 2 × mug. Why not.',
    ],
    ['en', 'order.cancelled', {}, '↩️ Your order R-1 is cancelled: 2 × Blue mug, 25.00 EUR'],
    [
      'en',
      'order.cancelled',
      { items: [{ productId: 'mug', quantity: 2, sku: null, name: null, unitPrice: null }], total: null },
      '↩️ Your order R-1 is cancelled: 2 × mug',
    ],
    ['es', 'order.cancelled', {}, '↩️ Tu pedido R-1 está cancelado: 2 × Blue mug, 25,00 EUR'],
    ['en', 'product.stockLow', {}, '⚠️ Blue mug (mug) is running low: 3 available, the threshold is 5'],
    ['es', 'product.stockLow', {}, '⚠️ Quedan pocas unidades de Blue mug (mug): 3 disponibles, el umbral es 5'],
    [
      'en',
      'product.stockAdjusted',
      {},
      '📦 Blue mug (mug): +20, now 22 available and 3 reserved. delivery 4711. By ops',
    ],
    [
      'es',
      'product.stockAdjusted',
      { delta: -2 },
      '📦 Blue mug (mug): -2, ahora 22 disponibles y 3 reservadas. delivery 4711. Por ops',
    ],
    [
      'en',
      'webhook.disabled',
      {},
      '🔕 The webhook to hooks.shop.example is switched off. No callback has succeeded for 5 days. Its events are kept until somebody enables it.',
    ],
    [
      'es',
      'webhook.disabled',
      { reason: 'GONE' },
      '🔕 El webhook hacia hooks.shop.example está desactivado. El destino respondió que ya no existe (410). Sus eventos se guardan hasta que alguien lo active.',
    ],
    ['en', 'webhook.test', {}, '🔔 Test: It works.'],
    ['es', 'webhook.test', {}, '🔔 Prueba: It works.'],
  ])('in %s says of %s %j: %s', (language, type, data, expected) => {
    expect(tell(language, type, data)).toBe(expected);
  });

  it('names an order without a reference by its id', () => {
    const message = messageOf(aCallback('order.confirmed', { reference: null }), 'en');
    expect(message?.markdown).toContain(`\`${ORDER_ID}\``);
  });

  it.each(['order.created', 'product.stockReserved', 'product.stockReleased', 'order.shipped'])(
    'says nothing of %s',
    (type) => {
      expect(tell('en', type)).toBeUndefined();
    },
  );

  it('tells of events that exist', () => expect(webhookEventTypes).toEqual(expect.arrayContaining(toldEventTypes)));

  it('names the first ten lines of a long order', () => {
    const line = {
      productId: 'p',
      quantity: 1_000_000,
      sku: 's',
      name: 'Mug',
      unitPrice: { amount: 1, currency: 'EUR' },
    };
    const items = Array.from({ length: 100 }, () => line);
    expect(tell('en', 'order.confirmed', { items })).toContain('1,000,000 × Mug and 90 more, 25.00 EUR');
    expect(tell('es', 'order.confirmed', { items })).toContain('1.000.000 × Mug y 90 más, 25,00 EUR');
  });

  it.each<[Language, string]>(
    toldEventTypes.flatMap((type): [Language, string][] => [
      ['en', type],
      ['es', type],
    ]),
  )('in %s stays within the 4096 characters of a message, however long the texts of %s', (language, type) => {
    const long = '🏟.'.repeat(5_000);
    const line = { productId: 'p'.repeat(64), quantity: 1_000_000, name: long, sku: long };
    const texts = { reference: long, detail: long, reason: long, name: long, sku: long, host: long, message: long };
    const data = { ...texts, adjustedBy: long, items: Array.from({ length: 100 }, () => line) };
    const message = messageOf(aCallback(type, data), language);
    expect(textOfMarkdownV2(message?.markdown ?? '').length).toBeLessThanOrEqual(4096);
    expect(message?.plain.length).toBeGreaterThan(100);
  });
});
