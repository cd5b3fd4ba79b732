import { faultOf, StreamsMeasurement, StreamsPhase } from '../streams/streams-measurement.js';
import { figure, textTable } from './text-table.js';

const PHASES = ['before', 'with', 'after'] as const;

const ROWS: { label: string; digits: number; value: (phase: StreamsPhase) => number }[] = [
  { label: 'open streams', digits: 0, value: (phase) => phase.open },
  { label: 'order p50, ms', digits: 1, value: (phase) => phase.p50Ms },
  { label: 'order p99, ms', digits: 1, value: (phase) => phase.p99Ms },
  { label: 'gateway CPU, % of a core', digits: 1, value: (phase) => phase.gatewayCpuPercent },
  { label: 'gateway memory, MiB', digits: 0, value: (phase) => phase.gatewayMiB },
  { label: 'gateway files and sockets', digits: 0, value: (phase) => phase.gatewayHandles },
  { label: 'CPU used by others, %', digits: 0, value: (phase) => phase.otherCpuPercent },
];

/** One column for each phase; below the table what became of the streams, and why the figures are void where they are. */
export function streamsTable(measurement: StreamsMeasurement): string {
  const { streams, phases, openingCpuMs, goneAfterMs, toldOfTheEnd } = measurement;
  const body = ROWS.map(({ label, digits, value }) => [
    label,
    ...PHASES.map((phase) => figure(value(phases[phase]), digits)),
  ]);
  const fault = faultOf(measurement);
  return [
    textTable([['', ...PHASES], ...body]),
    `Opening a stream costs the gateway ${figure(openingCpuMs, 1)} ms of CPU.`,
    `When all clients left at once, no stream was open after ${figure(goneAfterMs)} ms.`,
    `Opened again, ${figure(toldOfTheEnd)} of ${figure(streams)} streams told of the end of their order.`,
    ...(fault === undefined ? [] : [`The figures are void: ${fault}.`]),
  ].join('\n');
}
