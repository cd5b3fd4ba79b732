import { ServerExit } from '@holdfast/local-servers';

/** A server that the system can use now. */
export interface ProvidedServer {
  /** "RabbitMQ", "Redis". */
  name: string;
  url: string;
  /** Where it comes from, for a person: "private, data in …", "listening on port 5672". */
  origin: string;
  managementUi?: { url: string; user: string; password: string };
  /** Present when it is our child process, which is started again when it dies. */
  child?: { exited: () => Promise<ServerExit>; restart: () => Promise<void>; kill: () => Promise<void> };
  /** Undoes what providing it did; a server that was there before is left alone. */
  stop: () => Promise<void>;
}

/** `refused`: something listens, but does not let us in. */
export type Probe = 'nothing' | 'refused' | 'accepted';

/** What differs between RabbitMQ and Redis when one is looked for. */
export interface ServerKind {
  name: string;
  /** "AMQP_URL" */
  urlVariable: string;
  /** The URLs in what {@link urlVariable} holds: one, or those of several nodes. */
  urlsIn: (text: string) => string[];
  /** "AMQP_PORT": where one on this machine listens, or is to listen. */
  portVariable: string;
  /** Where one on this machine is looked for. */
  port: number;
  /** Why a server that listens is not let be used. */
  refusal: string;
  composeService: string;
  debianPackage: string;
  isInstalled: () => boolean;
  /** Tries the login of a fresh installation on the port. */
  probe: () => Promise<Probe>;
  /** Uses the one that {@link probe} found; undefined when it has no room for a system of ours. */
  useListening: () => Promise<ProvidedServer | undefined>;
  /** Uses the one that Compose has started on the port; undefined when it does not let us in. */
  useComposed: () => Promise<ProvidedServer | undefined>;
  startPrivate: () => Promise<ProvidedServer>;
}
