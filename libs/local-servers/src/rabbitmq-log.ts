import { readFileSync } from 'node:fs';

/**
 * What went wrong at the last start, from a node's log: its lines marked [error], the last 12 of them. The crash reports
 * of Erlang fill pages.
 */
export function lastErrors(logFile: string): string[] {
  try {
    const lines = readFileSync(logFile, 'utf8').split('\n');
    const start = lines.findLastIndex((line) => line.includes('Starting RabbitMQ'));
    return lines
      .slice(Math.max(start, 0))
      .filter((line) => line.includes('[error]'))
      .slice(-12);
  } catch {
    return [];
  }
}
