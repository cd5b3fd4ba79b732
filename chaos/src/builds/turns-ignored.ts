import { type BrokenBuild } from './broken-build.js';

const SUBJECT_TURNS = 'webhook-publisher/dist/outbound/subject-turns.sql.js';

export const turnsIgnored: BrokenBuild = {
  name: 'turns-ignored',
  breaks: 'A callback goes out although an earlier one of its subject has not been delivered.',
  caughtBy: ['W'],
  dialects: ['sqlite', 'postgres'],
  instances: 1,
  needs: 'A subscriber that fails now and then.',
  replacements: [
    { module: SUBJECT_TURNS, find: 'unordered ? 1 : 0,', put: '1,' },
    {
      module: SUBJECT_TURNS,
      find: "status: unordered || unfinished === 1 ? 'pending' : 'waiting'",
      put: "status: 'pending'",
    },
  ],
};
