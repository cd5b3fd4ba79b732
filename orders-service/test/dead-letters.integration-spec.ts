import { type DeadLetterAct, type DeadLetterPage, newId, type Pattern, type Reply } from '@holdfast/contracts';
import { type AmqpProbe, waitUntil } from '@holdfast/testing';
import { RunningService } from './orders-service.harness.js';

let probe: AmqpProbe;
let service: RunningService;

beforeAll(async () => {
  service = await RunningService.start('sqlite');
  probe = service.probe;
});
afterAll(() => service.stop());

async function ask<T>(pattern: Pattern, data: object, caller: object = { role: 'operator', clientId: 'ops' }) {
  const request = { pattern, data: { caller, ...data } };
  const reply = (await probe.ask('orders_queries', request, { messageId: newId() })) as { response: Reply<T> };
  return reply.response;
}

describe('the dead letters of orders_queue', () => {
  it('are for operators, whatever the gateway has let through', async () => {
    const client = { role: 'client', clientId: 'shop' };
    const letters = { where: {} };
    const refusals = [
      await ask('orders.deadLetters.list', { where: {}, limit: 1 }, client),
      await ask('orders.deadLetters.get', { letterId: '0'.repeat(32) }, client),
      await ask('orders.deadLetters.redrive', { letters }, client),
      await ask('orders.deadLetters.discard', { letters, reason: 'mine' }, client),
      await ask('orders.deadLetters.acts', { limit: 1 }, client),
      await ask('orders.deadLetters.act', { actId: 'a', limit: 1 }, client),
    ];
    for (const refusal of refusals) expect(refusal).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
  });

  it('are listed, sent back, counted and discarded', async () => {
    const messageId = newId();
    await probe.publish('orders_queue', 'no message', { messageId });
    const letterOf = (redriveCount: number) =>
      waitUntil(`the letter was sent back ${redriveCount} times`, async () => {
        const reply = await ask<DeadLetterPage>('orders.deadLetters.list', {
          where: { reason: 'malformed' },
          limit: 5,
        });
        return reply.ok && reply.value.data.find((letter) => letter.redriveCount === redriveCount);
      });
    const letter = await letterOf(0);
    expect(letter.messageId).toBe(messageId);
    const back = await ask<DeadLetterAct>('orders.deadLetters.redrive', { letters: { id: letter.id } });
    expect(back).toMatchObject({ ok: true, value: { state: 'done', done: 1, by: 'ops' } });
    const returned = await letterOf(1);
    expect(returned.messageId).toBe(messageId);
    const command = { letters: { id: returned.id }, reason: 'no order' };
    expect(await ask('orders.deadLetters.discard', command)).toMatchObject({ ok: true, value: { state: 'done' } });
    const again = await ask('orders.deadLetters.discard', command);
    expect(again).toMatchObject({ ok: false, error: { code: 'DEAD_LETTER_NOT_FOUND' } });
  });

  it.each(['0'.repeat(31), '', null])('are not all meant where the id of one is none: %j', async (id) => {
    const reply = await probe.ask('orders_queries', {
      pattern: 'orders.deadLetters.discard',
      data: { caller: { role: 'operator', clientId: 'ops' }, letters: { id, where: {} }, reason: 'oops' },
    });
    expect(reply).toMatchObject({ err: { message: expect.stringContaining('letters') } });
  });
});
