import { isPortFree } from '@holdfast/local-servers';
import { Environment, portOf } from './environment.js';
import { Part } from './parts.js';
import { StartError } from './start.errors.js';

/** Throws StartError when two parts were given one port, or when a part's port is in use. Nothing has started by then. */
export async function requirePorts(parts: readonly Part[], environment: Environment): Promise<void> {
  const owners = new Map<number, Part>();
  for (const part of parts) {
    const port = portOf(environment, part.portVariable, part.defaultPort);
    const other = owners.get(port);
    if (other !== undefined) {
      throw new StartError(`${other.portVariable} and ${part.portVariable} are both ${port}; give each its own port.`);
    }
    owners.set(port, part);
    if (await isPortFree(port)) continue;
    throw new StartError(
      `Port ${port}, which ${part.title} needs, is already in use; stop what listens there or set ${part.portVariable} to a free port.`,
    );
  }
}
