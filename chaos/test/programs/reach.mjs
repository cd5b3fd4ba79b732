// Comes to a point five times, with labels that take turns, and says what it believes to be the time.
import { reached } from '@holdfast/platform/points';

const tell = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);

tell({
  now: Date.now(),
  made: Date.parse(new Date().toISOString()),
  text: Date(),
  given: new Date(0).toISOString(),
  date: new Date() instanceof Date,
});
process.on('SIGTERM', () => tell({ signal: 'SIGTERM' }));
for (let time = 1; time <= 5; time += 1) {
  reached('after-commit', time % 2 === 1 ? 'odd' : 'even');
  tell({ time });
}
// A signal to itself is delivered with a turn of the event loop.
setTimeout(() => tell({ ended: true }), 10);
