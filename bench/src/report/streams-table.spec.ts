import { StreamsMeasurement, StreamsPhase } from '../streams/streams-measurement.js';
import { streamsTable } from './streams-table.js';

const phase = (given: Partial<StreamsPhase> = {}): StreamsPhase => ({
  open: 0,
  p50Ms: 4.04,
  p99Ms: 9,
  gatewayCpuPercent: 12.5,
  gatewayMiB: 180.4,
  gatewayHandles: 40,
  otherCpuPercent: 1,
  ...given,
});

const measurement = (given: Partial<StreamsMeasurement> = {}): StreamsMeasurement => ({
  streams: 1_000,
  ordersPerSecond: 200,
  phases: { before: phase(), with: phase({ open: 1_000, gatewayHandles: 1_040 }), after: phase() },
  openingCpuMs: 0.42,
  goneAfterMs: 210.4,
  toldOfTheEnd: 1_000,
  ...given,
});

describe('the table of streams', () => {
  it('shows the load without streams, beside them, and when they are gone', () => {
    expect(streamsTable(measurement()).split('\n')).toEqual([
      '                           before   with  after',
      'open streams                    0  1,000      0',
      'order p50, ms                 4.0    4.0    4.0',
      'order p99, ms                 9.0    9.0    9.0',
      'gateway CPU, % of a core     12.5   12.5   12.5',
      'gateway memory, MiB           180    180    180',
      'gateway files and sockets      40  1,040     40',
      'CPU used by others, %           1      1      1',
      'Opening a stream costs the gateway 0.4 ms of CPU.',
      'When all clients left at once, no stream was open after 210 ms.',
      'Opened again, 1,000 of 1,000 streams told of the end of their order.',
    ]);
  });

  it.each([
    [
      'that were cut off meanwhile',
      measurement({ phases: { before: phase(), with: phase({ open: 998 }), after: phase() } }),
      'only 998 of 1000 streams stayed open',
    ],
    [
      'that stayed open',
      measurement({ phases: { before: phase(), with: phase({ open: 1_000 }), after: phase({ open: 1 }) } }),
      '1 streams stayed open when all were gone',
    ],
    ['that were not told', measurement({ toldOfTheEnd: 7 }), '7 of 1000 streams were told of the end of their order'],
  ])('says that figures with streams %s are void', (_name, given, fault) => {
    expect(streamsTable(given)).toContain(`The figures are void: ${fault}.`);
  });
});
