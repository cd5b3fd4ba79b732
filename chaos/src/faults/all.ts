import { brokerFaults } from './broker.faults.js';
import { clockFaults } from './clock.faults.js';
import { type Fault } from './fault.js';
import { messageFaults } from './message.faults.js';
import { networkFaults } from './network.faults.js';
import { processFaults } from './process.faults.js';
import { redisFaults } from './redis.faults.js';
import { standstillFaults } from './standstill.faults.js';
import { storageFaults } from './storage.faults.js';

/** A short run begins with one of each. */
export const KINDS: readonly (readonly Fault[])[] = [
  processFaults,
  standstillFaults,
  brokerFaults,
  redisFaults,
  messageFaults,
  clockFaults,
  networkFaults,
  storageFaults,
];

export const FAULTS: readonly Fault[] = KINDS.flat();
