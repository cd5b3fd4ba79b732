import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { NotesDatabase } from './notes-database.js';

// Enough commits for the kill to come in the middle of one of them.
const BEFORE_THE_KILL = 300;

let database: NotesDatabase;

beforeEach(async () => {
  database = new NotesDatabase();
  await database.open();
  // Its tables are there: the file is the writer's from here on.
  await database.opened.close();
});
afterEach(() => database.close());

/** Starts the writer, kills it when it has reported so many notes, and gives all that it reported. */
async function reportedUntilKilled(): Promise<string[]> {
  const writer = spawn(process.execPath, [join(__dirname, 'note-writer.mjs'), database.file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const reported: string[] = [];
  for await (const id of createInterface({ input: writer.stdout })) {
    reported.push(id);
    if (reported.length === BEFORE_THE_KILL) writer.kill('SIGKILL');
  }
  if (writer.exitCode === null && writer.signalCode === null) await once(writer, 'exit');
  return reported;
}

describe('a process killed in the middle of its work', () => {
  it('has stored everything that it reported as stored', async () => {
    const reported = await reportedUntilKilled();
    await database.open();
    expect(reported.length).toBeGreaterThanOrEqual(BEFORE_THE_KILL);
    const stored = new Set(database.notes());
    expect(reported.filter((id) => !stored.has(id))).toEqual([]);
  });
});
