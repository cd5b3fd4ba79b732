import { FAIRNESS_PHASES, FairnessPhase, FairnessRound, PhaseFigures } from '../deliveries/fairness/fairness-round.js';
import { median } from './median.js';
import { figure, textTable } from './text-table.js';

const WITH_BAD = ['first', 'after'] as const;

interface Row {
  label: string;
  digits: number;
  value: (figures: PhaseFigures) => number;
  /** Whether the ratio to `alone` says anything. */
  compared: boolean;
}

const ROWS: Row[] = [
  { label: 'p50, ms', digits: 0, value: (f) => f.p50Ms, compared: true },
  { label: 'p99, ms', digits: 0, value: (f) => f.p99Ms, compared: true },
  { label: 'callbacks of a measurement', digits: 0, value: (f) => f.callbacks, compared: false },
  { label: 'CPU used by others, %', digits: 0, value: (f) => f.otherCpuPercent, compared: false },
];

/**
 * One column for each phase, of medians over the rounds, and the ratios to the healthy subscribers alone. Rounds that are
 * void count in no median; below the table each says why.
 */
export function fairnessTable(rounds: readonly FairnessRound[]): string {
  const valid = rounds.filter(({ voidBecause }) => voidBecause === undefined);
  const ratios = WITH_BAD.map((phase) => `${phase}/alone`);
  const header = [`median of ${valid.length}`, ...FAIRNESS_PHASES, ...ratios];
  const medianOf = (phase: FairnessPhase, { value }: Row) =>
    median(valid.flatMap(({ phases }) => phases[phase].map(value)));
  const body = ROWS.map((row) => [
    row.label,
    ...FAIRNESS_PHASES.map((phase) => figure(medianOf(phase, row), row.digits)),
    ...WITH_BAD.map((phase) => (row.compared ? figure(medianOf(phase, row) / medianOf('alone', row), 2) : '')),
  ]);
  const faults = rounds.flatMap(({ voidBecause }) =>
    voidBecause === undefined ? [] : `A round is void: ${voidBecause}.`,
  );
  return [textTable([header, ...body]), attemptsLine(valid), ...faults].join('\n');
}

function attemptsLine(rounds: readonly FairnessRound[]): string {
  const attempts = (behaviour: keyof FairnessRound['failedAttempts']) =>
    figure(median(rounds.map(({ failedAttempts }) => failedAttempts[behaviour])));
  const [hangs, fails, redirects] = [attempts('hangs'), attempts('fails'), attempts('redirects')];
  return `Failed attempts recorded in a round: ${hangs} at the one that hangs, ${fails} answered 500, ${redirects} answered 302.`;
}
