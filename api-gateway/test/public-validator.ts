import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface Verdict {
  /** Of the specification that the document was held against; undefined where it could not be read at all. */
  version?: string;
  problems: unknown[];
}

/** What a public validator says of a document: everything, warnings too. */
export async function publicVerdict(specification: 'openapi' | 'asyncapi', document: object): Promise<Verdict> {
  const script = join(__dirname, `validate-${specification}.mjs`);
  const running = promisify(execFile)(process.execPath, [script], { maxBuffer: 32 * 1024 * 1024 });
  running.child.stdin?.end(JSON.stringify(document));
  return JSON.parse((await running).stdout) as Verdict;
}
