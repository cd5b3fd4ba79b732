import { parts } from './parts.js';
import { StartError } from './start.errors.js';
import { parseStartOptions } from './start-options.js';

const parse = (...argv: string[]) => parseStartOptions(argv, parts);

describe('what stands behind npm start --', () => {
  it('scales services by their names', () => {
    expect(parse()).toEqual({ scale: new Map(), postgres: false });
    expect(parse('--scale', 'orders-service=2', '--scale=api-gateway=3')?.scale).toEqual(
      new Map([
        ['orders', 2],
        ['gateway', 3],
      ]),
    );
    expect(parse('--scale', 'webhook-publisher=1')?.scale.get('webhooks')).toBe(1);
  });

  it('puts everything on PostgreSQL, or only asks what there is', () => {
    expect(parse('--postgres')).toMatchObject({ postgres: true });
    expect(parse('--help')).toBeUndefined();
  });

  it.each([
    [['--scale', 'orders=2'], /There is no service "orders".*products-service, orders-service/],
    [['--scale', 'orders-service=0'], /from 1 to 5/],
    [['--scale', 'orders-service=6'], /from 1 to 5/],
    [['--scale', 'orders-service=-1'], /from 1 to 5/],
    [['--scale', 'orders-service=2.5'], /from 1 to 5/],
    [['--scale', 'orders-service=two'], /from 1 to 5/],
    [['--scale', 'orders-service='], /from 1 to 5/],
    [['--scale', 'orders-service'], /is not <service>=<number>/],
    [['--scale', 'orders-service=2=3'], /is not <service>=<number>/],
    [['--scale', 'orders-service=2', '--scale', 'orders-service=3'], /names orders-service twice/],
    [['--scale', 'logger=2'], /logger runs once: .*What can be scaled: products-service/],
    [['--scale', 'notifier=1'], /notifier runs once/],
    [['--sclae', 'orders-service=2'], /Unknown option '--sclae'[\s\S]*npm start \[-- options]/],
    [['orders-service=2'], /npm start \[-- options]/],
    [['--scale'], /npm start \[-- options]/],
  ])('refuses %j', (argv, message) => {
    expect(() => parse(...argv)).toThrow(StartError);
    expect(() => parse(...argv)).toThrow(message);
  });
});
