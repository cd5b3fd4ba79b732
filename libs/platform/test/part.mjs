// A part as the services' main files make one; what it is to do is its argument.
import { createLogger, startPart, stopOnSignals } from '@holdfast/platform';

const logger = createLogger('part', 'info');

const deeds = {
  'stop cleanly': () => logger.info('stopping cleanly'),
  'fail to stop': () => {
    throw new Error('the database is gone');
  },
};

await startPart('part', async () => {
  const deed = process.argv[2];
  if (deed === 'fail to start') throw new Error('port 3000 is taken');
  stopOnSignals(logger, async () => deeds[deed]?.());
  logger.info({ password: 's3cret', headers: { authorization: 'Bearer s3cret' } }, 'started');
  if (deed === 'reject unheard') Promise.reject(new Error('nobody listens'));
  setInterval(() => undefined, 1_000);
});
