import { writeSync } from 'node:fs';
import { type PointName } from '@holdfast/platform';

/** What the inside of a process tells whoever started it, on its standard error. */
export type Said =
  /** It is at the point, and does what it was told to do there right after this. */
  | { said: 'reached'; point: PointName; occurrence: number; act: 'kill' | 'stop' | 'term'; labels: readonly string[] }
  /** It has loaded a module of a broken build. */
  | { said: 'broken'; build: string; module: string };

const MARK = 'chaos-inside ';
const STDERR = 2;

/** Written when it returns: the process may end with its next statement. */
export function say(what: Said): void {
  const line = Buffer.from(`${MARK}${JSON.stringify(what)}\n`);
  for (let written = 0; written < line.length; ) written += write(line.subarray(written));
}

/** 0 while the pipe is full: whoever reads it makes room. */
function write(bytes: Buffer): number {
  try {
    return writeSync(STDERR, bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
    throw error;
  }
}

/** Finds in a process' output what its inside has said. Other lines may have come in between, but not within one. */
export const saidIn = (output: string): Said[] =>
  [...output.matchAll(/chaos-inside (\{.*\})/g)].map((match) => JSON.parse(match[1] ?? '') as Said);
