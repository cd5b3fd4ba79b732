import { BROKEN_BUILDS } from '../builds/all.js';
import { type BrokenBuild } from '../builds/broken-build.js';
import { type Letter } from '../invariants/invariant.js';
import { type ChaosOptions, readOptions } from '../options.js';
import { type RoundResult } from '../result.js';
import { commandOf, reportOf } from './report.js';

const build = { ...BROKEN_BUILDS[0], name: 'inbox-off', caughtBy: ['L', 'E'] } as BrokenBuild;

const options = (...args: string[]): ChaosOptions => {
  const read = readOptions(['--seed', '7', ...args]);
  if (typeof read === 'string') throw new Error(read);
  return read;
};

const aRound = (letters: readonly Letter[], failure?: string): RoundResult => ({
  ...{ fault: 'kill -9 everything', seconds: 3, orders: 40, failure },
  verdict: new Map(letters.map((letter) => [letter, [`${letter} is broken`]])),
});

const report = (chosen: ChaosOptions, round: RoundResult) =>
  reportOf(
    chosen,
    {
      ...{ rounds: [round], impossible: [], memoryMb: new Map(), backlog: 0 },
      broken: new Set(round.verdict.keys()),
      failed: round.failure === undefined ? 0 : 1,
    },
    '/tmp/run',
  );

describe('the report of the product as it is', () => {
  it('is good when everything held', () => {
    const { ok, text } = report(options(), aRound([]));
    expect(ok).toBe(true);
    expect(text).toContain('seed 7: 1 faults, 40 orders accepted; everything held');
  });

  it('is bad when something broke, and says how to run it again', () => {
    const { ok, text } = report(options('--database', 'postgres', '--red-within', '5'), aRound(['W']));
    expect(ok).toBe(false);
    expect(text).toContain('BROKEN: W');
    expect(text).toContain('W  W is broken');
    expect(text).toContain('--seed 7 --database postgres --brokers 1 --instances 1 --red-within 5');
  });

  it('says how to try only the fault with which a longer run ended', () => {
    const { text } = report(options('--seconds', '60'), aRound(['W']));
    expect(text).toMatch(/^again: .* --seconds 60$/m);
    expect(text).toMatch(/^only this fault: npm run chaos -- --seed 7 .* --instances 1 --fault 'kill -9 everything'$/m);
  });

  it('names the folder when it is kept', () => {
    expect(report(options(), aRound([])).text).not.toContain('/tmp/run');
    expect(report(options('--keep'), aRound([])).text).toContain('history, logs and databases: /tmp/run');
  });

  it('is bad when a round could not be held', () => {
    const { ok, text } = report(options(), aRound([], 'the fault did not take'));
    expect(ok).toBe(false);
    expect(text).toContain('the fault did not take');
  });
});

describe('the report of a broken build', () => {
  const broken = { ...options(), build };

  it('is good when it was caught by what it says that it breaks', () => {
    const { ok, text } = report(broken, aRound(['C', 'E']));
    expect(ok).toBe(true);
    expect(text).toMatch(/was caught by E$/m);
  });

  it.each([
    ['nothing broke', []],
    ['something else broke', ['C', 'B']],
  ] as const)('is bad when %s', (_, letters) => {
    const { ok, text } = report(broken, aRound(letters));
    expect(ok).toBe(false);
    expect(text).toContain('was NOT caught by L or E');
    for (const letter of letters) expect(text).toContain(`${letter}  ${letter} is broken`);
  });

  it('is bad when the round failed before anything broke', () => {
    expect(report(broken, aRound([], 'no order is accepted')).ok).toBe(false);
  });
});

describe('the command that runs the same again', () => {
  it.each([
    [['--controls']],
    [['--build', 'cancel-unheard', '--red-within', '5']],
    [['--seconds', '60', '--fault', 'kill -9']],
  ])('is %j', (args) => {
    const command = commandOf(options(...args));
    for (const arg of args) expect(command).toContain(arg);
  });
});
