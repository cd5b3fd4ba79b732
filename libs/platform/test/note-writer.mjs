// Writes numbered notes as fast as it can and prints each number once its unit of work has resolved.
import { openDatabase } from '@holdfast/platform';

const { unitOfWork } = await openDatabase(
  { location: { dialect: 'sqlite', file: process.argv[2] }, entities: [], migrations: [] },
  { committed: () => undefined, failed: () => undefined },
);
for (let number = 0; ; number += 10) {
  const group = Array.from({ length: 10 }, (_, index) => String(number + index));
  await Promise.all(
    group.map(async (id) => {
      await unitOfWork.run((tx) => tx.run('INSERT INTO notes (id, text) VALUES (?, ?)', [id, 'text']));
      process.stdout.write(`${id}\n`);
    }),
  );
}
