import { freePort, isPortFree } from '@holdfast/local-servers';

/** The well-known port, which people and tools try first, unless somebody has it. */
export async function defaultOrFree(port: number): Promise<number> {
  return (await isPortFree(port)) ? port : freePort();
}
