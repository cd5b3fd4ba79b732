import { messages } from '@holdfast/contracts';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { publicVerdict } from '../../../test/public-validator.js';
import { asyncApiDocument } from './asyncapi.js';

interface Message {
  summary?: string;
  headers: { $ref: string };
  examples?: { name: string; headers: object; payload: object }[];
}

interface Document {
  channels: Record<string, { address: string | null; messages: Record<string, object> }>;
  operations: Record<string, { action: string; channel: { $ref: string }; reply?: object }>;
  components: { messages: Record<string, Message> };
}

const document: Document = JSON.parse(JSON.stringify(asyncApiDocument()));
const described = document.components.messages;

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);
// Without the document's own `id`, which Ajv would take for that of a schema.
ajv.addSchema({ components: document.components }, 'asyncapi');

function faultsOf(pointer: string, value: unknown): unknown {
  const validate = ajv.getSchema(`asyncapi#${pointer}`);
  if (!validate) throw new Error(`there is no schema at ${pointer}`);
  return validate(value) ? [] : validate.errors;
}

const patterns = Object.entries(messages);

describe('the AsyncAPI document', () => {
  it('is valid AsyncAPI 3, without a warning, says the public parser', async () => {
    expect(await publicVerdict('asyncapi', document)).toEqual({ version: '3.0.0', problems: [] });
  });

  it('is refused by that parser when it is not', async () => {
    const broken = { ...document, channels: { ...document.channels, orders_queue: { address: 7 } } };
    expect((await publicVerdict('asyncapi', broken)).problems).not.toEqual([]);
  });

  it('has every message where it is sent, and says what it is for', () => {
    for (const [pattern, contract] of patterns) {
      const channel = contract.kind === 'event' ? pattern : contract.queue;
      expect(Object.keys(document.channels[channel]?.messages ?? {})).toContain(pattern);
      expect(document.channels[channel]?.address).toBe(channel);
      expect(document.operations[pattern]).toMatchObject({
        action: contract.kind === 'event' ? 'send' : 'receive',
        channel: { $ref: `#/channels/${channel}` },
      });
    }
    expect(patterns.map(([pattern]) => pattern).filter((pattern) => !described[pattern]?.summary)).toEqual([]);
  });

  it('says what every request is answered with', () => {
    // One service sends them to another, and the outcome is an event.
    const unanswered = ['product.reserveStock', 'product.releaseStock'];
    const requests = patterns.filter(([, { kind }]) => kind !== 'event').map(([pattern]) => pattern);
    const answered = Object.keys(document.operations).filter((pattern) => document.operations[pattern]?.reply);
    expect(answered.sort()).toEqual(requests.filter((pattern) => !unanswered.includes(pattern)).sort());
  });

  it.each(Object.keys(described).filter((name) => name !== 'deadLetter'))(
    'shows %s with examples that its own schema takes',
    (name) => {
      const { examples = [], headers } = described[name] as Message;
      expect(examples.length).toBeGreaterThan(0);
      for (const example of examples) {
        expect(faultsOf(`/components/messages/${name}/payload`, example.payload)).toEqual([]);
        expect(faultsOf(headers.$ref.slice(1), example.headers)).toEqual([]);
      }
    },
  );
});
