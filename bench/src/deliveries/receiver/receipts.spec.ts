import { Webhook } from 'standardwebhooks';
import { Receipts } from './receipts.js';

const SECRETS = ['whsec_b25l', 'whsec_dHdv'];
const ID = '017f22e2-79b0-7cc3-98c4-dc0c0c07398f';
const OTHER_ID = '017f22e2-79b0-7cc3-98c4-dc0c0c073990';
/** A millisecond later. */
const LATER_ID = '017f22e2-79b1-7cc3-98c4-dc0c0c07398f';
const SENT_AT = Date.parse('2022-02-22T19:22:22Z');

function signed(id: string, secret = 'whsec_b25l') {
  const body = '{"some":"callback"}';
  const now = new Date();
  const head = [
    'POST / HTTP/1.1',
    `webhook-id: ${id}`,
    `webhook-timestamp: ${Math.floor(now.getTime() / 1000)}`,
    `webhook-signature: ${new Webhook(secret).sign(id, now, body)}`,
  ].join('\r\n');
  return { head, body: Buffer.from(body) };
}

describe('the receipts', () => {
  it('are complete with the last callback that is expected', () => {
    const receipts = new Receipts({ deliveries: 2, secrets: SECRETS });
    expect(receipts.add(0, signed(ID), SENT_AT)).toBe(false);
    expect(receipts.add(0, signed(OTHER_ID), SENT_AT)).toBe(true);
  });

  it('count a repeat to the same endpoint once, the same event to another endpoint anew', () => {
    const receipts = new Receipts({ deliveries: 2, secrets: SECRETS });
    expect(receipts.add(0, signed(ID), SENT_AT)).toBe(false);
    expect(receipts.add(0, signed(ID), SENT_AT)).toBe(false);
    expect(receipts.add(1, signed(ID), SENT_AT)).toBe(true);
    expect(receipts.report()).toMatchObject({ received: 3, distinct: 2 });
  });

  it('verify the signature of a sample with the secret of the endpoint', () => {
    const receipts = new Receipts({ deliveries: 2, secrets: SECRETS });
    receipts.add(0, signed(ID), SENT_AT);
    expect(receipts.report()).toMatchObject({ signaturesVerified: 1, signaturesWrong: 0 });
    const deceived = new Receipts({ deliveries: 2, secrets: SECRETS });
    deceived.add(1, signed(ID), SENT_AT);
    expect(deceived.report()).toMatchObject({ signaturesVerified: 0, signaturesWrong: 1 });
  });

  it('measure from the time in the id to the receipt', () => {
    const receipts = new Receipts({ deliveries: 2, secrets: SECRETS });
    receipts.add(0, signed(ID), SENT_AT + 3);
    receipts.add(0, signed(OTHER_ID), SENT_AT + 40);
    expect(receipts.report()).toMatchObject({ p50Ms: 3, p99Ms: 40 });
  });

  it('measure the events of a window by their own time', () => {
    const receipts = new Receipts({ deliveries: 2, secrets: SECRETS });
    receipts.add(0, signed(ID), SENT_AT + 3);
    receipts.add(0, signed(LATER_ID), SENT_AT + 10);
    expect(receipts.latency({ until: SENT_AT + 1 })).toEqual({ callbacks: 1, p50Ms: 3, p99Ms: 3 });
    expect(receipts.latency({ from: SENT_AT + 1 })).toEqual({ callbacks: 1, p50Ms: 9, p99Ms: 9 });
    expect(receipts.latency({ from: SENT_AT + 2 })).toEqual({ callbacks: 0, p50Ms: Number.NaN, p99Ms: Number.NaN });
  });
});
