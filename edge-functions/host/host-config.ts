import { resolve } from 'node:path';
import { ConfigurationReader, type Environment } from '../shared/configuration.ts';
import { type LogLevel } from '../shared/log.ts';

export const functionNames = ['logger', 'notifier'] as const;
export type FunctionName = (typeof functionNames)[number];

const ports = {
  logger: { name: 'LOGGER_PORT', fallback: '3004' },
  notifier: { name: 'NOTIFIER_PORT', fallback: '3005' },
} as const;

export interface HostConfig {
  host: string;
  port: number;
  /** Absolute. */
  dataDir: string;
  logLevel: LogLevel;
}

/** @throws ConfigurationError */
export function readHostConfig(name: FunctionName, env: Environment): HostConfig {
  const reader = new ConfigurationReader(env);
  const port = reader.optional(ports[name].name) ?? ports[name].fallback;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) reader.reject(`${ports[name].name} must be a port`);
  return reader.finish({
    host: reader.optional('HOST') ?? '127.0.0.1',
    port: Number(port),
    dataDir: resolve(reader.optional('DATA_DIR') ?? '.data'),
    logLevel: reader.logLevel(),
  });
}
