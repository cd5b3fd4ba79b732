// Opens a SQLite file as a service does and has it until it is told to stop; says how far it has come.
import { createLogger, openDatabase, startPart, stopOnSignals } from '@holdfast/platform';

const say = (line) => process.stdout.write(`${line}\n`);

await startPart('owner', async () => {
  const location = { dialect: 'sqlite', file: process.argv[2] };
  const database = await openDatabase(
    { location, entities: [], migrations: [], onWait: () => say('waits') },
    { committed: () => undefined, failed: () => undefined },
  );
  stopOnSignals(createLogger('owner', 'silent'), () => database.close());
  say('owns');
  setInterval(() => undefined, 1_000);
});
