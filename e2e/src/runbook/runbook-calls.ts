import { type Typed } from './operator-shell.js';
import { type RestoreStand } from './restore-stand.js';

/** A call as it was made, and what came of it. */
export interface MadeCall extends Typed {
  command: string;
}

/** What stands for something that each system has its own of: `/orders/<id>`, `/products/<sku>`. */
const PLACE = /\/(orders|products|webhooks|orders_queue)\/<(?:id|sku)>/g;

/** Makes every call of the runbook, against a system that has one of everything. */
export async function documentedCalls(stand: RestoreStand, ids: Record<string, string>): Promise<MadeCall[]> {
  const made: MadeCall[] = [];
  for (const command of stand.shell.runbook.calls()) {
    const call = command.replaceAll(PLACE, (place, kind: string) => place.replace(/<.*>/, ids[kind] ?? ''));
    made.push({ command: call, ...(await stand.shell.type(call)) });
  }
  return made;
}
