/** What is wrong with a JSON text: where it stops being JSON, or a key that may not be there. */
export type JsonFault =
  | { kind: 'syntax'; line: number; column: number; detail: string }
  | { kind: 'key'; pointer: string; detail: string };

/** An open object or array, and the place in it. */
interface Container {
  keys: Set<string> | undefined;
  place: string | number;
}

type Expecting = 'value' | 'first-item' | 'first-key' | 'key' | 'separator';

const WHITESPACE = /[ \t\n\r]*/y;
const STRING = /"(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/uy;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const LITERAL = /true|false|null/y;

// Keys that reach into an object's prototype when an object is built or merged from the text.
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor']);

/**
 * Finds the first fault of a JSON text (RFC 8259): JSON.parse says neither where the text breaks in a way that all its
 * versions share, nor that a key appears twice and one of the two values is lost.
 *
 * It costs more than JSON.parse, so it is for texts that are known or suspected to be faulty.
 */
export function findJsonFault(text: string): JsonFault | undefined {
  return new JsonScan(text).run();
}

/** Nesting is kept in an array: a body of 50,000 brackets must not end in a stack overflow. */
class JsonScan {
  private at = 0;
  private readonly open: Container[] = [];

  constructor(private readonly text: string) {
    // RFC 8259 section 8.1 lets a parser ignore a byte order mark, and ours does.
    if (text.charCodeAt(0) === 0xfeff) this.at = 1;
  }

  run(): JsonFault | undefined {
    let expecting: Expecting | 'end' = 'value';
    while (true) {
      this.take(WHITESPACE);
      if (expecting === 'end') return this.at < this.text.length ? this.unexpected('nothing more') : undefined;
      const next: Expecting | 'end' | JsonFault = this.step(expecting);
      if (typeof next === 'object') return next;
      expecting = next;
    }
  }

  private step(expecting: Expecting): Expecting | 'end' | JsonFault {
    switch (expecting) {
      case 'first-item':
        return this.closes(']') ?? 'value';
      case 'value':
        return this.value();
      case 'first-key':
        return this.closes('}') ?? this.key('a key in double quotes or }');
      case 'key':
        return this.key('a key in double quotes');
      case 'separator':
        return this.separator();
    }
  }

  private value(): Expecting | 'end' | JsonFault {
    const character = this.text[this.at];
    if (character === '{') return this.opens({ keys: new Set(), place: '' }, 'first-key');
    if (character === '[') return this.opens({ keys: undefined, place: 0 }, 'first-item');
    if (character === '"') return this.string() === undefined ? this.unexpected('the rest of a string') : this.after();
    if (this.take(NUMBER) || this.take(LITERAL)) return this.after();
    return this.unexpected('a value');
  }

  private key(expected: string): Expecting | JsonFault {
    const container = this.open.at(-1);
    if (this.text[this.at] !== '"' || !container?.keys) return this.unexpected(expected);
    const key = this.string();
    if (key === undefined) return this.unexpected('the rest of a string');
    container.place = key;
    if (container.keys.has(key)) return this.keyFault('this key appears twice');
    if (FORBIDDEN_KEYS.has(key)) return this.keyFault('this key is not allowed');
    container.keys.add(key);
    this.take(WHITESPACE);
    if (this.text[this.at] !== ':') return this.unexpected('a colon');
    this.at += 1;
    return 'value';
  }

  private separator(): Expecting | 'end' | JsonFault {
    const container = this.open.at(-1);
    if (!container) return 'end';
    const closing = container.keys ? '}' : ']';
    const closed = this.closes(closing);
    if (closed) return closed;
    if (this.text[this.at] !== ',') return this.unexpected(`a comma or ${closing}`);
    this.at += 1;
    if (container.keys) return 'key';
    container.place = Number(container.place) + 1;
    return 'value';
  }

  private opens(container: Container, expecting: Expecting): Expecting {
    this.open.push(container);
    this.at += 1;
    return expecting;
  }

  private closes(closing: string): Expecting | 'end' | undefined {
    if (this.text[this.at] !== closing) return undefined;
    this.at += 1;
    this.open.pop();
    return this.after();
  }

  private after(): Expecting | 'end' {
    return this.open.length > 0 ? 'separator' : 'end';
  }

  /** Takes a string and returns it unescaped; without its end, stops at the character that ends it wrongly. */
  private string(): string | undefined {
    const start = this.at;
    this.take(STRING);
    if (this.text[this.at] !== '"') return undefined;
    this.at += 1;
    return JSON.parse(this.text.slice(start, this.at));
  }

  private take(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    if (!pattern.test(this.text)) return false;
    this.at = pattern.lastIndex;
    return true;
  }

  private keyFault(detail: string): JsonFault {
    return { kind: 'key', pointer: pointerTo(this.open.map(({ place }) => place)), detail };
  }

  private unexpected(expected: string): JsonFault {
    const before = this.text.slice(0, this.at).split('\n');
    const character = this.text.codePointAt(this.at);
    const found = character === undefined ? 'the end of the text' : JSON.stringify(String.fromCodePoint(character));
    return {
      kind: 'syntax',
      line: before.length,
      column: (before.at(-1) as string).length + 1,
      detail: `expected ${expected}, found ${found}`,
    };
  }
}

/** A JSON pointer (RFC 6901) to a place in a body. */
export const pointerTo = (path: readonly (string | number | symbol)[]): string =>
  path.map((place) => `/${String(place).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
