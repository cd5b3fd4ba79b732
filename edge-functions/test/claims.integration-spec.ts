import { join } from 'node:path';
import { newDataDir } from '@holdfast/testing';
import { SqliteClaims } from '../host/sqlite-claims.ts';
import { CLAIM_MS, type Claims } from '../notifier/claims.ts';
import { MemoryClaims } from '../notifier/memory-claims.ts';
import { SupabaseClaims } from '../notifier/supabase-claims.ts';
import { PostgrestStandIn, SERVICE_KEY } from './postgrest.stand-in.js';

type Make = (now: () => number) => Promise<{ claims: Claims; close: () => unknown }>;

const stores: [string, Make][] = [
  ['memory', async (now) => ({ claims: new MemoryClaims(now), close: () => {} })],
  [
    'SQLite',
    async (now) => {
      const claims = new SqliteClaims(join(newDataDir(), 'notifier.db'), now);
      return { claims, close: () => claims.close() };
    },
  ],
  [
    'Supabase',
    async (now) => {
      const supabase = await PostgrestStandIn.start();
      const claims = new SupabaseClaims({ url: supabase.url, key: SERVICE_KEY }, now);
      return { claims, close: () => supabase.stop() };
    },
  ],
];

describe.each(stores)('claims in %s', (_name, make) => {
  let claims: Claims;
  let close: () => unknown;
  let clock = Date.parse('2026-01-05T09:30:00Z');
  const key = { eventId: 'event-1', chat: '-1001' };

  beforeEach(async () => {
    ({ claims, close } = await make(() => clock));
  });
  afterEach(() => close());

  async function claimed(): Promise<string> {
    const claim = await claims.claim(key);
    if (claim.state !== 'claimed') throw new Error(`the claim is ${claim.state}`);
    return claim.token;
  }

  it('give a message to one of those who ask', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => claims.claim(key)));
    expect(answers.map(({ state }) => state).sort()).toEqual(['claimed', 'taken', 'taken']);
  });

  it('keep messages to other chats and of other events apart', async () => {
    await claimed();
    expect((await claims.claim({ ...key, chat: '2' })).state).toBe('claimed');
    expect((await claims.claim({ ...key, eventId: 'event-2' })).state).toBe('claimed');
  });

  it.each(['sent', 'refused'] as const)('remember what is %s, also when the claim would have ended', async (as) => {
    await claimed();
    await claims.finish(key, as);
    clock += CLAIM_MS + 1;
    expect((await claims.claim(key)).state).toBe('finished');
  });

  it('give a message again that was released', async () => {
    await claims.release(key, await claimed());
    expect((await claims.claim(key)).state).toBe('claimed');
  });

  it('end by themselves, and then belong to one other', async () => {
    await claimed();
    clock += CLAIM_MS;
    expect((await claims.claim(key)).state).toBe('taken');
    clock += 1;
    const answers = await Promise.all([claims.claim(key), claims.claim(key)]);
    expect(answers.map(({ state }) => state).sort()).toEqual(['claimed', 'taken']);
  });

  it('are not released by a holder who has lost them', async () => {
    const lost = await claimed();
    clock += CLAIM_MS + 1;
    await claimed();
    await claims.release(key, lost);
    expect((await claims.claim(key)).state).toBe('taken');
  });

  it('are not released once finished', async () => {
    const token = await claimed();
    await claims.finish(key, 'sent');
    await claims.release(key, token);
    expect((await claims.claim(key)).state).toBe('finished');
  });
});

describe('claims in SQLite', () => {
  it('survive a restart, and are forgotten after 30 days', async () => {
    const file = join(newDataDir(), 'notifier.db');
    let clock = Date.parse('2026-01-05T09:30:00Z');
    const key = { eventId: 'event-1', chat: '1' };
    const stateAfterRestart = async () => {
      const claims = new SqliteClaims(file, () => clock);
      const { state } = await claims.claim(key);
      await claims.finish({ ...key, chat: '2' }, 'sent');
      claims.close();
      return state;
    };
    const first = new SqliteClaims(file, () => clock);
    await first.claim(key);
    await first.finish(key, 'sent');
    first.close();
    expect(await stateAfterRestart()).toBe('finished');
    clock += 31 * 24 * 3600 * 1000;
    await stateAfterRestart();
    expect(await stateAfterRestart()).toBe('claimed');
  });
});
