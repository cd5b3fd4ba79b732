/** Where a server comes from, best first. */
export type ServerSource = 'environment' | 'listening' | 'docker' | 'private' | 'install' | 'nowhere';

/** What is known about one server. Each fact is asked for only when all before it were negative: some take seconds. */
export interface ServerFacts {
  /** Its URL is in the environment. */
  hasUrl: boolean;
  /** A server that lets us in already listens on its port. */
  listens: () => Promise<boolean>;
  /** A Docker engine answers, not only its client, and has Compose. */
  dockerAnswers: () => Promise<boolean>;
  /** The server's program is on this machine. */
  isInstalled: () => boolean;
  /** The program can be installed without asking for a password. */
  canInstall: () => Promise<boolean>;
}

export async function chooseSource(facts: ServerFacts): Promise<ServerSource> {
  if (facts.hasUrl) return 'environment';
  if (await facts.listens()) return 'listening';
  if (await facts.dockerAnswers()) return 'docker';
  if (facts.isInstalled()) return 'private';
  if (await facts.canInstall()) return 'install';
  return 'nowhere';
}
