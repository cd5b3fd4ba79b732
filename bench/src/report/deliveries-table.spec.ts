import { DeliveryFigure, DeliveryMeasurement } from '../deliveries/delivery-measurement.js';
import { deliveriesTable } from './deliveries-table.js';

const aMeasurement = (figure: DeliveryFigure, given: Partial<DeliveryMeasurement> = {}): DeliveryMeasurement => ({
  figure,
  endpoints: 1,
  deliveries: 1_000,
  perSecond: 1_000,
  cpuPerDelivery: { sender: 100, receiver: 20 },
  residentMiB: { sender: 90, receiver: 60 },
  otherCpuPercent: 3,
  ...given,
});

const rowOf = (table: string, label: string): string[] =>
  (table.split('\n').find((line) => line.startsWith(`${label}  `)) ?? '').slice(label.length).trim().split(/\s+/);

describe('the table of deliveries', () => {
  it('shows medians of every way to send, and the ratios of the product', () => {
    const table = deliveriesTable([
      aMeasurement('plain', { perSecond: 16_000 }),
      aMeasurement('bullmq', { perSecond: 5_000 }),
      aMeasurement('stored', { perSecond: 7_000 }),
      aMeasurement('live', { perSecond: 4_000 }),
      aMeasurement('bullmq', { perSecond: 3_000 }),
    ]);
    const ratios = ['0.44', '1.75', '0.25', '1.00'];
    expect(rowOf(table, 'deliveries/s')).toEqual(['16,000', '4,000', '7,000', '4,000', ...ratios]);
  });

  it('counts the servers as the sending side, the receiver and the source of events not', () => {
    const cpuPerDelivery = { sender: 100, postgres: 40, rabbitmq: 50, redis: 5, receiver: 20, events: 30 };
    const table = deliveriesTable([aMeasurement('live', { cpuPerDelivery })]);
    expect(rowOf(table, 'CPU µs per delivery').slice(0, 4)).toEqual(['-', '-', '-', '195']);
  });

  it('leaves out a figure that is void, and says why', () => {
    const table = deliveriesTable([
      aMeasurement('live', { perSecond: 9_000, voidBecause: 'of 10 callbacks 9 came' }),
      aMeasurement('live', { perSecond: 4_000 }),
    ]);
    expect(rowOf(table, 'deliveries/s')[3]).toBe('4,000');
    expect(table).toContain('A figure of live (subscribers: 1) is void: of 10 callbacks 9 came.');
  });
});
