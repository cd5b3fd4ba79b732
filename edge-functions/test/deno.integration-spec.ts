import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { waitUntil } from '@holdfast/testing';
import { aCallback, SECRET } from './callbacks.js';
import { loggerScenarios } from './logger.scenarios.js';
import { notifierScenarios } from './notifier.scenarios.js';
import { denoDeployment, OFFLINE, startOnDeno } from './running-function.js';

describe('the folders that are deployed', () => {
  it.each(['logger', 'notifier'])('pass the type check of Deno: %s', async (name) => {
    const { deno, folder, denoEnv } = denoDeployment();
    const args = ['check', ...OFFLINE.filter((flag) => flag !== '--no-npm'), join(name, 'index.ts')];
    await expect(promisify(execFile)(deno, args, { cwd: folder, env: denoEnv })).resolves.toBeDefined();
  });
});

describe('the logger under Deno', () => {
  loggerScenarios(startOnDeno);

  it('says what to set where it has nowhere to store, and answers 500', async () => {
    const running = await startOnDeno('logger', { WEBHOOK_SECRET: SECRET });
    await waitUntil('it says so', () => running.output.includes('set SUPABASE_URL and SUPABASE_SERVICE_ROLE_KEY'));
    expect(await running.deliver(aCallback('webhook.test'))).toMatchObject({
      status: 500,
      body: { code: 'MISCONFIGURED' },
    });
    await running.kill();
  });
});

describe('the notifier under Deno', () => {
  notifierScenarios(startOnDeno);
});
