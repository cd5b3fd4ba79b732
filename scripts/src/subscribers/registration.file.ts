import { keep, readKept } from '../start/kept-file.js';
import { WebhookSettings } from './webhooks-api.js';

/** A registration that was asked for; whether it was answered is not known. */
export interface AskedRegistration {
  idempotencyKey: string;
  settings: WebhookSettings;
}

export interface DoneRegistration {
  webhookId: string;
  secret: string;
}

export type KeptRegistration = AskedRegistration | DoneRegistration;

export const isDone = (registration: KeptRegistration): registration is DoneRegistration => 'secret' in registration;

/** What is known of one subscriber's registration, for the next start. It holds the secret, which is shown only once. */
export class RegistrationFile {
  constructor(private readonly path: string) {}

  read(): KeptRegistration | undefined {
    const text = readKept(this.path);
    return text === undefined ? undefined : (JSON.parse(text) as KeptRegistration);
  }

  write(registration: KeptRegistration): void {
    keep(this.path, JSON.stringify(registration));
  }
}
