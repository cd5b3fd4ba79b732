import { FairnessRound } from '../deliveries/fairness/fairness-round.js';
import { fairnessTable } from './fairness-table.js';

const figures = (p50Ms: number, p99Ms: number) => [{ callbacks: 2_500, p50Ms, p99Ms, otherCpuPercent: 3 }];

const aRound = (given: Partial<FairnessRound> = {}): FairnessRound => ({
  phases: { alone: figures(4, 10), first: figures(5, 12), after: figures(4, 9) },
  failedAttempts: { hangs: 33, fails: 40, redirects: 41 },
  ...given,
});

const rowOf = (table: string, label: string): string[] =>
  (table.split('\n').find((line) => line.startsWith(`${label}  `)) ?? '').slice(label.length).trim().split(/\s+/);

describe('the table of fairness', () => {
  it('shows medians of every phase, and the ratios to the healthy ones alone', () => {
    const slower = { alone: figures(4, 10), first: figures(5, 20), after: figures(4, 11) };
    const table = fairnessTable([aRound(), aRound({ phases: slower })]);
    expect(rowOf(table, 'p50, ms')).toEqual(['4', '5', '4', '1.25', '1.00']);
    expect(rowOf(table, 'p99, ms')).toEqual(['10', '16', '10', '1.60', '1.00']);
    expect(rowOf(table, 'callbacks of a measurement')).toEqual(['2,500', '2,500', '2,500']);
  });

  it('counts both times that they were alone', () => {
    const phases = { alone: [...figures(4, 10), ...figures(6, 14)], first: figures(5, 12), after: figures(5, 18) };
    expect(rowOf(fairnessTable([aRound({ phases })]), 'p99, ms')).toEqual(['12', '12', '18', '1.00', '1.50']);
  });

  it('tells how often the bad ones were tried', () => {
    expect(fairnessTable([aRound()])).toContain('33 at the one that hangs, 40 answered 500, 41 answered 302.');
  });

  it('leaves out a round that is void, and says why', () => {
    const slow = { alone: figures(4, 90), first: figures(4, 90), after: figures(4, 90) };
    const table = fairnessTable([aRound({ phases: slow, voidBecause: 'of 10 callbacks 9 came' }), aRound()]);
    expect(rowOf(table, 'p99, ms').slice(0, 3)).toEqual(['10', '12', '9']);
    expect(table).toContain('A round is void: of 10 callbacks 9 came.');
  });
});
