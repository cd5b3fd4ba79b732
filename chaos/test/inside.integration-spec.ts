import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { waitUntil } from '@holdfast/testing';
import { type Inside } from '../src/inside/inside.js';
import { InsideProgram } from './inside-program.js';

const HOUR_MS = 3_600_000;

const programs: InsideProgram[] = [];

function start(inside: Inside | string, program = 'reach.mjs', ...args: string[]): InsideProgram {
  const started = InsideProgram.start(program, inside, ...args);
  programs.push(started);
  return started;
}

afterEach(async () => {
  for (const program of programs.splice(0)) {
    program.child.kill('SIGKILL');
    await program.ended();
  }
});

const times = (program: InsideProgram) => program.lines.flatMap(({ time }) => (time === undefined ? [] : [time]));

describe('a process at one of its points', () => {
  it('is killed there, at the occurrence it was told, and has said so', async () => {
    const program = start({ at: { point: 'after-commit', occurrence: 3, act: 'kill' } });
    expect(await program.ended()).toBe('SIGKILL');
    expect(times(program)).toEqual([1, 2]);
    expect(program.said).toEqual([
      { said: 'reached', point: 'after-commit', occurrence: 3, act: 'kill', labels: ['odd'] },
    ]);
  });

  it('counts only what has the label', async () => {
    const program = start({ at: { point: 'after-commit', occurrence: 2, act: 'kill', label: 'eve' } });
    expect(await program.ended()).toBe('SIGKILL');
    expect(times(program)).toEqual([1, 2, 3]);
  });

  it('gets its SIGTERM and can handle it', async () => {
    const program = start({ at: { point: 'after-commit', occurrence: 5, act: 'term' } });
    expect(await program.ended()).toBe(0);
    expect(program.lines.filter(({ signal }) => signal === 'SIGTERM')).toHaveLength(1);
  });

  it('stands still until it is told to go on', async () => {
    const program = start({ at: { point: 'after-commit', occurrence: 2, act: 'stop' } });
    await waitUntil('it stands still', () => stateOf(program) === 'T');
    expect(times(program)).toEqual([1]);
    program.child.kill('SIGCONT');
    expect(await program.ended()).toBe(0);
    expect(times(program)).toEqual([1, 2, 3, 4, 5]);
  });

  it('lives on where it never comes there', async () => {
    const program = start({ at: { point: 'after-commit', occurrence: 6, act: 'kill' } });
    expect(await program.ended()).toBe(0);
    expect(program.said).toEqual([]);
  });

  it('is killed in a thread of the product, with its request written', async () => {
    const arrived: unknown[] = [];
    const server = createServer((request, response) => {
      arrived.push(request.headers['webhook-id']);
      response.end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      const program = start(
        { at: { point: 'callback-written', occurrence: 2, act: 'kill' } },
        'send-callbacks.mjs',
        url,
      );
      expect(await program.ended()).toBe('SIGKILL');
      expect(program.said).toMatchObject([{ point: 'callback-written', occurrence: 2, labels: ['127.0.0.1'] }]);
      await waitUntil('both callbacks have arrived', () => arrived.length === 2);
      expect(arrived).toEqual(['1', '2']);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });
});

describe('the clock of a process', () => {
  it.each([
    ['an hour fast', HOUR_MS],
    ['an hour slow', -HOUR_MS],
  ])('is %s, and its timers are not', async (_, clockOffsetMs) => {
    const before = Date.now();
    const program = start({ clockOffsetMs });
    expect(await program.ended()).toBe(0);
    const after = Date.now();
    const [first] = program.lines as { now: number; made: number; text: string; given: string; date: boolean }[];
    for (const time of [first?.now, first?.made]) {
      expect(time).toBeGreaterThanOrEqual(before + clockOffsetMs);
      expect(time).toBeLessThanOrEqual(after + clockOffsetMs);
    }
    // A Date's text has no milliseconds.
    expect(Math.abs(Date.parse(first?.text ?? '') - (first?.now ?? 0))).toBeLessThanOrEqual(1_000);
    expect(first).toMatchObject({ given: '1970-01-01T00:00:00.000Z', date: true });
    expect(program.lines.at(-1)).toEqual({ ended: true });
  });
});

describe('an inside that cannot be', () => {
  it.each([
    ['no JSON', '{', /is not JSON/],
    ['an unknown point', '{"at":{"point":"nowhere","occurrence":1,"act":"kill"}}', /at\.point/],
  ])('ends the process before it begins: %s', async (_, inside, problem) => {
    const program = start(inside);
    expect(await program.ended()).toBe(1);
    expect(program.errors).toMatch(problem);
    expect(program.lines).toEqual([]);
  });
});

/** The state of a process, as proc(5) has it behind its name; T is stopped. */
const stateOf = ({ child }: InsideProgram): string | undefined =>
  /^\d+ \(.*\) (\S)/.exec(readFileSync(`/proc/${child.pid}/stat`, 'utf8'))?.[1];
