import { type Arrival } from './arrivals.js';
import { type Attempt } from './holdfast.api.js';

const codes = { bold: 1, dim: 90, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

/** Enough to tell the ids of a demo apart: the end of a UUIDv7 is random. */
const SHOWN_ID_LENGTH = 6;

const WIDTHS = { time: 8, call: 26, subject: 15, place: 26 } as const;

/** Prints what happens when it happens, in columns; coloured on a terminal, never with NO_COLOR. */
export class Timeline {
  readonly #began = performance.now();
  readonly #colour: boolean;

  constructor(
    private readonly output: NodeJS.WriteStream,
    env: NodeJS.ProcessEnv,
  ) {
    this.#colour = output.isTTY === true && !env.NO_COLOR;
  }

  title(text: string): void {
    this.#print(this.#paint('bold', text));
  }

  act(text: string): void {
    this.#print(`\n${this.#paint('bold', text)}`);
  }

  remark(text: string): void {
    this.#print(`  ${this.#paint('dim', text)}`);
  }

  /** A request of the demo's. */
  call(call: string, text: string): void {
    this.#print(`${this.#time()}  ${this.#paint('cyan', `▶ ${call.padEnd(WIDTHS.call)}`)}${text}`);
  }

  arrival(arrival: Arrival): void {
    const { type, subject, gist, attempt, fault, answered } = arrival;
    const verified = fault === undefined ? this.#paint('green', 'signature ok') : this.#paint('red', fault);
    this.#print(
      [
        `${this.#time()}  ◀ ${type.padEnd(WIDTHS.call)}${shortSubject(subject).padEnd(WIDTHS.subject)}`,
        this.#paint('dim', placeOf(arrival).padEnd(WIDTHS.place)),
        `${attempt > 1 ? this.#paint('yellow', `attempt ${attempt}`) : `attempt ${attempt}`}  ${verified}  `,
        this.#paint(answered === 200 ? 'green' : 'red', `answered ${answered}`),
        this.#paint('yellow', waited(arrival)),
        answered === 200 && gist !== '' ? `  ${gist}` : '',
      ].join(''),
    );
  }

  attempt({ number, at, status, error, durationMs, answer }: Attempt): void {
    const outcome = this.#paint(status === 200 ? 'green' : 'red', String(status ?? error));
    this.#print(
      `    attempt ${number}  ${at}  ${outcome}  ${`${durationMs} ms`.padStart(7)}  ${JSON.stringify(answer)}`,
    );
  }

  summary(text: string, ok: boolean): void {
    this.#print(`\n${this.#paint(ok ? 'green' : 'red', text)}`);
  }

  /** Since the demo began. */
  #time(): string {
    const seconds = ((performance.now() - this.#began) / 1000).toFixed(3);
    return this.#paint('dim', `${seconds.padStart(WIDTHS.time)} s`);
  }

  #paint(colour: keyof typeof codes, text: string): string {
    return this.#colour && text !== '' ? `\u001b[${codes[colour]}m${text}\u001b[0m` : text;
  }

  #print(line: string): void {
    this.output.write(`${line}\n`);
  }
}

/** `order …1f3a9c` */
export function shortSubject(subject: string): string {
  const [kind = '', id = ''] = subject.split('/');
  return `${kind} ${shortId(id)}`;
}

const shortId = (id: string): string => `…${id.slice(-SHOWN_ID_LENGTH)}`;

const placeOf = ({ sequence, eventId, previousEventId }: Arrival): string =>
  `#${sequence} ${shortId(eventId)} ${previousEventId === null ? 'first' : `after ${shortId(previousEventId)}`}`;

const waited = ({ sincePreviousMs }: Arrival): string =>
  sincePreviousMs === undefined ? '' : `, ${(sincePreviousMs / 1000).toFixed(2)} s after the last`;
