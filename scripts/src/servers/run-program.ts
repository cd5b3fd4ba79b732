import { execFile } from 'node:child_process';

export interface ProgramResult {
  /** It was found, ended in time, and its exit code was 0. */
  ok: boolean;
  /** Standard output, then standard error. */
  output: string;
}

export interface ProgramOptions {
  timeoutMs: number;
  cwd?: string;
  env?: NodeJS.ProcessEnv;
}

/** Runs a program to its end. Never rejects: a program that is missing is a result too. */
export function runProgram(program: string, args: string[], options: ProgramOptions): Promise<ProgramResult> {
  const { timeoutMs, ...rest } = options;
  return new Promise((resolve) => {
    // 16 MiB: a package manager is talkative, and execFile kills what says more than its limit.
    execFile(program, args, { ...rest, timeout: timeoutMs, maxBuffer: 16 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve({ ok: error === null, output: `${stdout}${stderr}` });
    });
  });
}
