import { connect } from 'node:net';

/** Protocol 3.0: https://www.postgresql.org/docs/current/protocol-message-formats.html (StartupMessage) */
const PROTOCOL = 196_608;
const AUTHENTICATION = 'R'.charCodeAt(0);
const TIMEOUT_MS = 2_000;

/** Whether a PostgreSQL on 127.0.0.1 asks for a password: one that still starts, or stops, answers with an error. */
export function asksForPassword(port: number, user: string): Promise<boolean> {
  const parameters = Buffer.from(`user\0${user}\0database\0postgres\0\0`);
  const header = Buffer.alloc(8);
  header.writeInt32BE(header.length + parameters.length);
  header.writeInt32BE(PROTOCOL, 4);
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const finish = (answers: boolean) => {
      socket.destroy();
      resolve(answers);
    };
    socket.setTimeout(TIMEOUT_MS, () => finish(false));
    socket.once('error', () => finish(false));
    socket.once('close', () => finish(false));
    socket.once('connect', () => socket.write(Buffer.concat([header, parameters])));
    socket.once('data', (data) => finish(data[0] === AUTHENTICATION));
  });
}
