import { isPortFree } from '@holdfast/local-servers';
import { Environment } from './environment.js';
import { Part, portOfPart } from './parts.js';
import { StartError } from './start.errors.js';

/** Throws StartError when two parts were given one port, or when a part's port is in use. Nothing has started by then. */
export async function requirePorts(parts: readonly Part[], environment: Environment): Promise<void> {
  const owners = new Map<number, Part>();
  for (const part of parts) {
    const port = portOfPart(part, environment);
    const other = owners.get(port);
    if (other !== undefined) {
      throw new StartError(`${other.portVariable} and ${part.portVariable} are both ${port}; give each its own port.`);
    }
    owners.set(port, part);
    if (await isPortFree(port)) continue;
    // The port of an instance beside the first was free a moment ago, and the next start chooses another.
    const advice =
      part.port === undefined ? `stop what listens there or set ${part.portVariable} to a free port` : 'start again';
    throw new StartError(`Port ${port}, which ${part.title} needs, is already in use; ${advice}.`);
  }
}
