import { createLog, messageOf } from '../shared/log.ts';
import { FunctionServer } from './function-server.ts';
import { type FunctionName, functionNames, readHostConfig } from './host-config.ts';
import { openLocalFunction } from './local-function.ts';

// Longer than a delivery may take (15 s at the publisher), shorter than the 30 s that compose gives a container.
const STOP_PATIENCE_MS = 16_000;

/** Runs one function in this process until SIGTERM or SIGINT, which finish what is in flight. */
export async function runFunction(args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  try {
    await start(nameOf(args), env);
  } catch (error) {
    process.stderr.write(`${args[0] ?? 'function'} did not start: ${messageOf(error)}\n`);
    process.exitCode = 1;
  }
}

function nameOf([name]: readonly string[]): FunctionName {
  const known = functionNames.find((each) => each === name);
  if (known === undefined) throw new Error(`name the function to run: ${functionNames.join(' or ')}`);
  return known;
}

async function start(name: FunctionName, env: NodeJS.ProcessEnv): Promise<void> {
  const { host, port, dataDir, logLevel } = readHostConfig(name, env);
  const log = createLog(name, logLevel);
  const { handler, close } = openLocalFunction(name, env, dataDir);
  const server = new FunctionServer(handler, log);
  const listening = await server.listen(port, host);
  log.info('listening', { url: `http://${host}:${listening}` });

  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info('stopping: finishing what is in flight', { signal });
    await server.stop(STOP_PATIENCE_MS);
    close();
    log.info('stopped');
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));
}
