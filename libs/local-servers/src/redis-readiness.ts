import { connect } from 'node:net';

export interface PingOptions {
  /** Default 127.0.0.1. */
  host?: string;
  password?: string;
  /** Default 2 s. */
  timeoutMs?: number;
}

/** Whether a Redis answers PING with PONG: neither one that still loads its data nor one that refuses the login does. */
export function answersPing(port: number, options: PingOptions = {}): Promise<boolean> {
  const { host = '127.0.0.1', password, timeoutMs = 2_000 } = options;
  const commands = password === undefined ? 'PING\r\n' : `AUTH ${password}\r\nPING\r\n`;
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect({ port, host });
    const finish = (answers: boolean) => {
      socket.destroy();
      resolve(answers);
    };
    socket.setTimeout(timeoutMs, () => finish(false));
    socket.once('error', () => finish(false));
    socket.once('close', () => finish(false));
    socket.once('connect', () => socket.write(commands));
    socket.on('data', (data) => {
      answer += data.toString('latin1');
      if (answer.startsWith('-') || answer.includes('\n-')) finish(false);
      else if (answer.includes('+PONG')) finish(true);
    });
  });
}
