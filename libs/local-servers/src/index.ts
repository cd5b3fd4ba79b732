export { findRabbitmqServer, findRedisServer } from './find-executable.js';
export { LocalServerError, type LocalServerErrorCode } from './local-server.errors.js';
export { type ManagementAccess, type ManagementAnswer, managementRequest } from './management-request.js';
export { becomesTrue } from './poll.js';
export { freePort, isPortFree } from './ports.js';
export { type PostgresOptions, PostgresServer, startPostgres } from './postgres.js';
export { identityOf } from './process-identity.js';
export { postgresRecordFile, rabbitmqRecordFile, redisRecordFile, stopStale } from './process-record.js';
export { type RabbitmqOptions, RabbitmqServer, startRabbitmq } from './rabbitmq.js';
export {
  type QuorumQueueMembers,
  RabbitmqCluster,
  type RabbitmqClusterOptions,
  startRabbitmqCluster,
} from './rabbitmq-cluster.js';
export { speaksAmqp } from './rabbitmq-readiness.js';
export { createVhost, deleteVhost, type RabbitmqAccess } from './rabbitmq-vhosts.js';
export { type RedisOptions, RedisServer, startRedis } from './redis.js';
export { answersPing, type PingOptions } from './redis-readiness.js';
export { type ServerCommand, type ServerExit, ServerProcess } from './server-process.js';
