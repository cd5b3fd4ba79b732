import { newId, type Reply, type WebhookSettings } from '@holdfast/contracts';
import { dialects } from '@holdfast/testing';
import { aCreateWebhook, anOrigin, codeIn, idAt, operator, other, shop, valueIn } from './owner.builders.js';
import { Owners } from './owners.harness.js';

const range = { from: '2026-01-05T00:00:00.000Z', to: '2026-01-06T00:00:00.000Z' };

describe.each(dialects)('who sees and does what on %s', (dialect) => {
  let owners: Owners;

  beforeAll(async () => {
    owners = await Owners.open(dialect);
  });
  afterAll(() => owners.close());

  const change = (webhookId: string, changes: Partial<WebhookSettings>) =>
    owners.update({ caller: shop, webhookId, changes });

  describe('of somebody else', () => {
    it.each<[string, (webhookId: string) => Promise<Reply<unknown>>]>([
      ['show', (webhookId) => owners.show.execute({ caller: other, webhookId })],
      ['update', (webhookId) => owners.update({ caller: other, webhookId, changes: { description: 'mine' } })],
      ['enable', (webhookId) => owners.enable({ caller: other, webhookId })],
      ['disable', (webhookId) => owners.disable({ caller: other, webhookId })],
      ['rotate', (webhookId) => owners.rotate({ caller: other, webhookId })],
      ['delete', (webhookId) => owners.delete({ caller: other, webhookId })],
      ['replay', (webhookId) => owners.replay({ ...range, caller: other, webhookId })],
      ['list deliveries', (webhookId) => owners.listDeliveries.execute({ caller: other, webhookId, limit: 1 })],
      ['test', (webhookId) => owners.sendTestEvent.execute({ caller: other, webhookId }, anOrigin())],
    ])('is not there: %s', async (_name, ask) => {
      const { id } = await owners.subscribed();
      const never = newId();
      const [theirs, none] = [await ask(id), await ask(never)];
      expect(JSON.stringify(theirs).replaceAll(id, never)).toBe(JSON.stringify(none));
      expect(codeIn(theirs)).toBe('WEBHOOK_NOT_FOUND');
      expect(await owners.actsOn(id)).toHaveLength(1);
    });

    it('is there for operators, and what an operator has is not there for a client of its name', async () => {
      const { id } = await owners.subscribed();
      expect(valueIn(await owners.disable({ caller: operator, webhookId: id })).clientId).toBe('shop');
      expect((await owners.actsOn(id)).at(-1)).toMatchObject({ action: 'disable', clientId: 'ops' });
      const theirs = await owners.subscribed({ caller: { role: 'operator', clientId: 'shop' } });
      expect(codeIn(await change(theirs.id, { url: 'https://b.example.com/' }))).toBe('WEBHOOK_NOT_FOUND');
    });
  });

  it('is noted: who, what and when, without secrets', async () => {
    const { id } = await owners.subscribed();
    await change(id, { url: 'https://b.example.com/c?key=s3cret', description: 'B' });
    const { secret } = valueIn(await owners.rotate({ caller: operator, webhookId: id, overlapSeconds: 5 }));
    await owners.disable({ caller: shop, webhookId: id });
    await owners.enable({ caller: shop, webhookId: id });
    await owners.delete({ caller: shop, webhookId: id });
    const acts = await owners.actsOn(id);
    expect(acts.map(({ action, clientId }) => `${clientId} ${action}`)).toEqual([
      ...['shop create', 'shop update', 'ops rotate-secret', 'shop disable', 'shop enable', 'shop delete'],
    ]);
    expect(acts[1]?.detail).toEqual({ url: 'https://b.example.com/c', description: 'B' });
    expect(acts[2]?.detail).toEqual({ overlapSeconds: 5 });
    expect(JSON.stringify(acts)).not.toContain('s3cret');
    expect(JSON.stringify(acts)).not.toContain(secret);
  });

  describe('listing them', () => {
    it("shows a client its own and operators everyone's, newest first, page by page", async () => {
      const caller = { role: 'client' as const, clientId: `c-${newId()}` };
      const ids: string[] = [];
      for (let at = 1; at <= 5; at += 1) {
        const id = idAt(Date.now() + at);
        valueIn(await owners.create(aCreateWebhook({ caller }), id));
        ids.unshift(id);
      }
      await owners.subscribed({ caller: { role: 'operator', clientId: caller.clientId } });
      const [gone = ''] = ids.splice(1, 1);
      await owners.delete({ caller, webhookId: gone });
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const query = { caller, limit: 2, ...(cursor !== undefined && { cursor }) };
        const page = valueIn(await owners.list.execute(query));
        seen.push(...page.data.map(({ id }) => id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(seen).toEqual(ids);
      const everyone = valueIn(await owners.list.execute({ caller: operator, limit: 100 })).data;
      expect(new Set(everyone.map(({ clientId }) => clientId))).toEqual(new Set(['shop', caller.clientId]));
    });

    it('refuses a cursor that no page gave', async () => {
      expect(codeIn(await owners.list.execute({ caller: shop, limit: 2, cursor: 'MDE5' }))).toBe('VALIDATION_FAILED');
    });
  });
});
