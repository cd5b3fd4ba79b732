import { connect } from 'node:net';
import { requireEpmd } from './find-executable.js';
import { LocalServerError } from './local-server.errors.js';
import { becomesTrue } from './poll.js';
import { epmdRecordFile, stopStale } from './process-record.js';
import { ServerProcess } from './server-process.js';

/** It binds a socket and is there; only a machine that swaps needs longer. */
const START_TIMEOUT_MS = 10_000;

/**
 * Starts Erlang's port mapper on 127.0.0.1:`port`, by which the nodes of a cluster find each other, as a process of its
 * own: one that belonged to a node would end with it, and its place would know none of the others.
 * Rejects with LocalServerError SERVER_NOT_INSTALLED, DATA_DIR_IN_USE or START_FAILED.
 */
export async function startPortMapper(dataDir: string, port: number): Promise<ServerProcess> {
  const recordFile = epmdRecordFile(dataDir);
  await stopStale(recordFile);
  const mapper = await ServerProcess.spawn({
    command: requireEpmd(),
    args: ['-port', String(port), '-address', '127.0.0.1'],
    env: { PATH: process.env.PATH },
    cwd: dataDir,
    recordFile,
  });
  const answered = await becomesTrue(async () => mapper.hasExited || (await accepts(port)), {
    timeoutMs: START_TIMEOUT_MS,
  });
  if (answered && !mapper.hasExited) return mapper;
  await mapper.kill();
  throw new LocalServerError('START_FAILED', `epmd did not start:\n${mapper.lastLines().join('\n')}`);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const finish = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(2_000, () => finish(false));
    socket.once('error', () => finish(false));
    socket.once('connect', () => finish(true));
  });
}
