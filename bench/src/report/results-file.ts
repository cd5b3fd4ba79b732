import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';

/** Writes the results, with what they were measured on, to a new file of `directory` and answers its path. */
export function writeResults(directory: string, results: object): string {
  mkdirSync(directory, { recursive: true });
  const writtenAt = new Date().toISOString();
  const file = join(directory, `${writtenAt.replaceAll(':', '-')}.json`);
  const machine = {
    cpus: cpus().length,
    cpuModel: cpus()[0]?.model,
    memoryMiB: Math.round(totalmem() / 1024 / 1024),
    system: `${platform()} ${release()}`,
    node: process.version,
  };
  writeFileSync(file, `${JSON.stringify({ writtenAt, machine, ...results }, null, 2)}\n`);
  return file;
}
