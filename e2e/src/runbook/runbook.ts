import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testServers } from '@holdfast/testing';

/** A block of commands that the text in front of it names: `<!-- run: compare -->`. */
const MARKED_BLOCK = /^<!-- run: (.+) -->\n\n```sh\n([\s\S]*?)^```$/gm;

/** Commands in a fence or in the text; one that goes on over lines ends with a backslash. */
const FENCED_CURL = /^curl (?:.*\\\n)*.*$/gm;
const INLINE_CURL = /`curl ([^`]+)`/g;

/** What docs/operations.md has somebody type. */
export class Runbook {
  private constructor(private readonly text: string) {}

  static read(): Runbook {
    return new Runbook(readFileSync(join(testServers().root, 'docs', 'operations.md'), 'utf8'));
  }

  /** Every marked block, by its name. */
  blocks(): Map<string, string> {
    return new Map([...this.text.matchAll(MARKED_BLOCK)].map(([, name = '', commands = '']) => [name, commands]));
  }

  /** Every call of the gateway, each once. */
  calls(): string[] {
    const fenced = [...this.text.matchAll(FENCED_CURL)].map(([command]) => command.replace(/ +#.*$/, ''));
    // The text is wrapped wherever a line was full.
    const inline = [...this.text.matchAll(INLINE_CURL)].map(([, rest = '']) => `curl ${rest.replaceAll('\n', ' ')}`);
    return [...new Set([...fenced, ...inline])];
  }
}
