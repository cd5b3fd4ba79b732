import { instanceRows } from './instance-rows.js';
import { instancesOf, scaledParts } from './instances.js';
import { environmentOf, parts } from './parts.js';

const scale = new Map([
  ['orders', 3],
  ['gateway', 1],
]);

describe('the instances of a part', () => {
  it('are the part at its usual port, and others with names and ports of their own', async () => {
    const instances = await instancesOf(parts, { scale });
    expect(
      instances.filter(({ folder }) => folder === 'orders-service').map(({ name, title }) => [name, title]),
    ).toEqual([
      ['orders', 'orders-service'],
      ['orders.2', 'orders-service 2'],
      ['orders.3', 'orders-service 3'],
    ]);
    expect(instances).toHaveLength(parts.length + 2);
    const ports = instances.map((part) => environmentOf(part, { ORDERS_PORT: '4002' })[part.portVariable]);
    expect(new Set(ports).size).toBe(instances.length);
    expect(ports[instances.findIndex(({ name }) => name === 'orders')]).toBe('4002');
  });

  it('are said of parts that have several', async () => {
    const instances = await instancesOf(parts, { scale });
    expect(scaledParts(instances).map((group) => group.map(({ name }) => name))).toEqual([
      ['orders', 'orders.2', 'orders.3'],
    ]);
    expect(instanceRows(instances, {})).toEqual([
      [
        'orders-service',
        expect.stringMatching(/^3 instances: http:\/\/127\.0\.0\.1:3002(, http:\/\/127\.0\.0\.1:\d+){2}$/),
      ],
    ]);
  });
});
