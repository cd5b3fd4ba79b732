import { type TcpProxy } from '@holdfast/testing';
import { type Instance } from '../stand/instance.js';
import { SERVICES, type Stand } from '../stand/stand.js';
import { always, type Fault } from './fault.js';
import { pause } from './pause.js';
import { allTurnRed } from './turns-red.js';

/** Twice a heartbeat of AMQP, and more than anything may take to notice. */
const HALF_OPEN_MS = 25_000;

const TO_BROKER = ({ lines }: Instance): readonly TcpProxy[] => lines.brokers;
const TO_REDIS = ({ lines }: Instance): readonly TcpProxy[] => [lines.redis];
const TO_DATABASE = ({ lines }: Instance): readonly TcpProxy[] => (lines.database ? [lines.database] : []);

/** Packets vanish in both directions, and no connection is reset; then they arrive again. */
async function halfOpen(
  instances: readonly Instance[],
  linesOf: (instance: Instance) => readonly TcpProxy[],
  ms: number,
  meanwhile: () => Promise<void> = async () => undefined,
): Promise<void> {
  const lines = instances.flatMap(linesOf);
  for (const line of lines) line.freeze();
  try {
    await Promise.all([pause(ms), meanwhile()]);
  } finally {
    for (const line of lines) line.restore();
  }
}

const needsPostgres = ({ databases }: Stand) => (databases.server ? undefined : 'a SQLite file is on no network');

const oneFromBroker = (service: (typeof SERVICES)[number]): Fault => ({
  name: `half-open network between one ${service} and RabbitMQ`,
  seconds: 32,
  impossibleOn: always,
  inflict: async ({ stand, limits }) => {
    const one = stand.of(service).slice(0, 1);
    await halfOpen(one, TO_BROKER, HALF_OPEN_MS, () => allTurnRed(one, limits));
  },
});

const allFromBroker: Fault = {
  name: 'half-open network between everybody and RabbitMQ',
  seconds: 32,
  impossibleOn: always,
  inflict: ({ stand: { instances }, limits }) =>
    halfOpen(instances, TO_BROKER, HALF_OPEN_MS, () => allTurnRed(instances, limits)),
};

const allFromRedis: Fault = {
  name: 'half-open network between everybody and Redis',
  seconds: 14,
  impossibleOn: always,
  inflict: ({ stand: { instances } }) => halfOpen(instances, TO_REDIS, 10_000),
};

const allFromPostgres: Fault = {
  name: 'half-open network between everybody and PostgreSQL',
  seconds: 22,
  impossibleOn: needsPostgres,
  inflict: ({ stand: { instances } }) => halfOpen(instances, TO_DATABASE, 15_000),
};

const oneFromPostgres: Fault = {
  name: 'half-open network between one orders-service and PostgreSQL',
  seconds: 22,
  impossibleOn: needsPostgres,
  inflict: ({ stand }) => halfOpen(stand.of('orders-service').slice(0, 1), TO_DATABASE, 15_000),
};

/** Connections that are reset, again and again. */
const cut: Fault = {
  name: 'every connection reset, five times',
  seconds: 8,
  impossibleOn: always,
  inflict: async ({ stand: { instances }, load, random }) => {
    for (let times = 0; times < 5; times += 1) {
      for (const instance of instances) {
        for (const line of [...TO_BROKER(instance), ...TO_REDIS(instance), ...TO_DATABASE(instance)]) line.cut();
      }
      await load.goesOn(random.between(2, 10));
    }
  },
};

export const networkFaults: readonly Fault[] = [
  ...SERVICES.map(oneFromBroker),
  allFromBroker,
  allFromRedis,
  allFromPostgres,
  oneFromPostgres,
  cut,
];
