import { type LogLineStyle, renderLogLine, renderOwnLine } from './log-line.js';

/** The one log of the whole system, on standard output. */
export class Log {
  readonly #style: LogLineStyle;

  /** `names`: every part that will speak, so that the columns line up. Colours on a terminal only, never with NO_COLOR. */
  constructor(
    names: readonly string[],
    private readonly output: NodeJS.WriteStream = process.stdout,
  ) {
    this.#style = {
      nameWidth: Math.max(...['start', ...names].map((name) => name.length)),
      colour: output.isTTY === true && !process.env.NO_COLOR,
    };
  }

  info(message: string): void {
    this.#write(renderOwnLine('INFO', message, this.#style, new Date()));
  }

  warn(message: string): void {
    this.#write(renderOwnLine('WARN', message, this.#style, new Date()));
  }

  error(message: string): void {
    this.#write(renderOwnLine('ERROR', message, this.#style, new Date()));
  }

  /** One line of a part's own output. */
  part(name: string, line: string): void {
    this.#write(renderLogLine(name, line, this.#style, new Date()));
  }

  /** Text that is not part of the log: what is printed when the system is ready. */
  block(text: string): void {
    this.#write(`\n${text}\n`);
  }

  #write(line: string): void {
    this.output.write(`${line}\n`);
  }
}
