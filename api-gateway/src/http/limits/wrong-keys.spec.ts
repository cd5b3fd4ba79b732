import { CountingWindow } from '../../../test/counting-window.js';
import { WrongKeys } from './wrong-keys.js';

const WINDOW_MS = 60_000;
const ADDRESS = '192.0.2.7';

const gatewayOn = (counter: CountingWindow) => new WrongKeys(counter, { wrongKeys: 3, now: counter.clock });

async function guess(wrongKeys: WrongKeys, address: string, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) await wrongKeys.wrong(address);
}

describe('an address that sends wrong keys', () => {
  it('is refused from one more than it may on, until the window ends', async () => {
    const counter = new CountingWindow(WINDOW_MS);
    const wrongKeys = gatewayOn(counter);
    await guess(wrongKeys, ADDRESS, 3);
    expect(wrongKeys.refusedForS(ADDRESS)).toBe(0);
    counter.now += 1_001;
    await guess(wrongKeys, ADDRESS, 1);
    expect(wrongKeys.refusedForS(ADDRESS)).toBe(59);
    counter.now += WINDOW_MS - 1_001;
    expect(wrongKeys.refusedForS(ADDRESS)).toBe(0);
    await guess(wrongKeys, ADDRESS, 1);
    expect(wrongKeys.refusedForS(ADDRESS)).toBe(0);
  });

  it('is counted by all gateways together, and with its network', async () => {
    const counter = new CountingWindow(WINDOW_MS);
    const [one, other] = [gatewayOn(counter), gatewayOn(counter)];
    await guess(one, '2001:db8::1', 3);
    await guess(other, '2001:db8::2', 1);
    expect(other.refusedForS('2001:db8::3')).toBe(60);
    expect(other.refusedForS('2001:db8:0:1::3')).toBe(0);
  });

  it('is known by the clients whose keys came from it', () => {
    const wrongKeys = gatewayOn(new CountingWindow(WINDOW_MS));
    wrongKeys.right(ADDRESS, 'shop');
    wrongKeys.right(ADDRESS, 'ops');
    expect(wrongKeys.isKnown(ADDRESS, 'shop')).toBe(true);
    expect(wrongKeys.isKnown(ADDRESS, 'other')).toBe(false);
    expect(wrongKeys.isKnown('192.0.2.8', 'shop')).toBe(false);
  });

  it('is forgotten when ten thousand others came after it', async () => {
    const wrongKeys = gatewayOn(new CountingWindow(WINDOW_MS));
    wrongKeys.right(ADDRESS, 'shop');
    await guess(wrongKeys, ADDRESS, 4);
    for (let other = 0; other < 10_000; other += 1) {
      wrongKeys.right(`10.0.${other >> 8}.${other & 255}`, 'shop');
      await guess(wrongKeys, `10.0.${other >> 8}.${other & 255}`, 4);
    }
    expect(wrongKeys.isKnown(ADDRESS, 'shop')).toBe(false);
    expect(wrongKeys.refusedForS(ADDRESS)).toBe(0);
    expect(wrongKeys.isKnown('10.0.0.0', 'shop')).toBe(true);
    expect(wrongKeys.refusedForS('10.0.0.0')).toBe(60);
  });
});
