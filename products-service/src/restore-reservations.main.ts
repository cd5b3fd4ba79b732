import 'reflect-metadata';
import { createInterface } from 'node:readline';
import { loadEnvFile, messageOf } from '@holdfast/platform';
import { loadProductsDatabase } from './config.js';
import { type CommandResult } from './inbound/check-stock.command.js';
import { restoreReservationsIn } from './restore-reservations.js';

const { exitCode, text } = await restore();
(exitCode === 2 ? process.stderr : process.stdout).write(`${text}\n`);
process.exitCode = exitCode;

async function restore(): Promise<CommandResult> {
  try {
    loadEnvFile();
    return await restoreReservationsIn(loadProductsDatabase(process.env), linesOf(process.stdin));
  } catch (error) {
    return { exitCode: 2, text: messageOf(error) };
  }
}

/** Begins to read when the first line is asked for: readline keeps none for whoever comes later. */
async function* linesOf(input: NodeJS.ReadableStream): AsyncGenerator<string> {
  yield* createInterface({ input });
}
