import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RabbitmqIdentity } from './rabbitmq-identity.js';

export interface RabbitmqPorts {
  amqp: number;
  management: number;
  distribution: number;
  epmd: number;
}

/** What a node of a cluster has that a single one does not. */
export interface RabbitmqMembership {
  /** Erlang's shared secret, by which nodes let each other in. */
  cookie: string;
  /** Where the cluster's port mapper listens, which outlives each of its nodes. */
  epmdPort: number;
  /** The node that this one joins at its first start; undefined for the first, which the others join. */
  joins: string | undefined;
}

/**
 * rabbitmq.conf of a private node: loopback only, one user, limits of a machine that does other work too.
 * - Memory: a quarter of the machine (RabbitMQ's default is 0.4) before publishers are blocked; a development machine
 *   runs editors, tests and perhaps a second node beside it.
 * - WAL: 64 MiB per file instead of 512 MiB, the size RabbitMQ's documentation gives for small machines: quorum queues
 *   keep what the current file holds in memory, and every test's node would otherwise grow by half a gigabyte.
 * - Disk: RabbitMQ's own development limit of 50 MB; a larger one blocks publishers on a laptop with a full disk.
 */
export function rabbitmqConfig(identity: RabbitmqIdentity, ports: RabbitmqPorts, joins?: string): string {
  return `${[
    `listeners.tcp.local = 127.0.0.1:${ports.amqp}`,
    'management.tcp.ip = 127.0.0.1',
    `management.tcp.port = ${ports.management}`,
    `default_user = ${identity.user}`,
    `default_pass = ${identity.password}`,
    'default_user_tags.administrator = true',
    'vm_memory_high_watermark.relative = 0.25',
    'raft.wal_max_size_bytes = 67108864',
    'disk_free_limit.absolute = 50MB',
    'log.file.level = info',
    ...(joins === undefined ? [] : joiningLines(joins)),
  ].join('\n')}\n`;
}

const joiningLines = (nodeName: string): string[] => [
  'cluster_formation.peer_discovery_backend = classic_config',
  `cluster_formation.classic_config.nodes.1 = ${nodeName}`,
];

/**
 * The whole environment of a private node. Nothing of ours is inherited but PATH and TMPDIR: RABBITMQ_* and ERL_*
 * variables of the caller, and the files under /etc/rabbitmq, belong to other nodes.
 * The port mapper (epmd) is private as well, so that the machine's shared one is neither needed nor touched.
 */
export function rabbitmqEnvironment(
  dataDir: string,
  identity: RabbitmqIdentity,
  ports: RabbitmqPorts,
): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    ...(process.env.TMPDIR === undefined ? {} : { TMPDIR: process.env.TMPDIR }),
    LANG: 'C.UTF-8',
    /** Erlang keeps its cookie in HOME: one per data directory. */
    HOME: dataDir,
    ERL_EPMD_PORT: String(ports.epmd),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_NODENAME: identity.nodeName,
    RABBITMQ_MNESIA_BASE: join(dataDir, 'data'),
    RABBITMQ_LOG_BASE: join(dataDir, 'log'),
    RABBITMQ_DIST_PORT: String(ports.distribution),
    RABBITMQ_CONF_ENV_FILE: join(dataDir, 'rabbitmq-env.conf'),
    RABBITMQ_CONFIG_FILE: join(dataDir, 'rabbitmq.conf'),
    RABBITMQ_CONFIG_FILES: join(dataDir, 'conf.d', '*.conf'),
    RABBITMQ_ADVANCED_CONFIG_FILE: join(dataDir, 'advanced.config'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(dataDir, 'enabled_plugins'),
    RABBITMQ_PID_FILE: join(dataDir, 'rabbitmq.pid'),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
    /** The start script then becomes the Erlang VM (exec) instead of waiting for it: one process, one pid, one signal. */
    RUNNING_UNDER_SYSTEMD: 'true',
  };
}

/** Writes the node's files, readable by their owner only: some hold the password, and Erlang refuses another cookie. */
export function writeRabbitmqFiles(
  dataDir: string,
  identity: RabbitmqIdentity,
  ports: RabbitmqPorts,
  membership?: RabbitmqMembership,
): void {
  mkdirSync(join(dataDir, 'log'), { recursive: true, mode: 0o700 });
  const files = {
    ...(membership !== undefined && { '.erlang.cookie': membership.cookie }),
    'rabbitmq.conf': rabbitmqConfig(identity, ports, membership?.joins),
    'rabbitmq-env.conf': '',
    'advanced.config': '[].\n',
    enabled_plugins: '[rabbitmq_management].\n',
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(dataDir, name), content, { mode: 0o600 });
}
