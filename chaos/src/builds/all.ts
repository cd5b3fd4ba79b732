import { ackBeforeCommit } from './ack-before-commit.js';
import { type BrokenBuild } from './broken-build.js';
import { cancelUnheard } from './cancel-unheard.js';
import { finalStatesChange } from './final-states-change.js';
import { inboxOff } from './inbox-off.js';
import { marksBeforeConfirm } from './marks-before-confirm.js';
import { readThenWriteOfStock } from './read-then-write-of-stock.js';
import { requestsWithoutLimit } from './requests-without-limit.js';
import { turnsIgnored } from './turns-ignored.js';

export const BROKEN_BUILDS: readonly BrokenBuild[] = [
  inboxOff,
  ackBeforeCommit,
  readThenWriteOfStock,
  marksBeforeConfirm,
  finalStatesChange,
  turnsIgnored,
  cancelUnheard,
  requestsWithoutLimit,
];
