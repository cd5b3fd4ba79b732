/** The names of the events in a `text/event-stream`, as they arrive (HTML standard, 9.2.6). */
export class EventNames {
  readonly #seen = new Set<string>();
  #rest = '';

  feed(chunk: string): void {
    const lines = (this.#rest + chunk).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith('event:')) this.#seen.add(line.slice('event:'.length).trim());
    }
  }

  has(name: string): boolean {
    return this.#seen.has(name);
  }
}
