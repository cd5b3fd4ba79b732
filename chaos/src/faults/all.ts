import { brokerFaults } from './broker.faults.js';
import { clockFaults } from './clock.faults.js';
import { type Fault } from './fault.js';
import { messageFaults } from './message.faults.js';
import { networkFaults } from './network.faults.js';
import { processFaults } from './process.faults.js';
import { redisFaults } from './redis.faults.js';
import { storageFaults } from './storage.faults.js';

export const FAULTS: readonly Fault[] = [
  ...processFaults,
  ...brokerFaults,
  ...redisFaults,
  ...messageFaults,
  ...clockFaults,
  ...networkFaults,
  ...storageFaults,
];
