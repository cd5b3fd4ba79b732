import { type EventData, type EventType, eventData, isEventType } from './event-data.ts';
import { anyObject, countFrom, isoTime, nullable, record, type TypeOf, textLike } from './shape.ts';

const eventId = textLike(/^[\x21-\x7e]{1,255}$/, 'an id');

const callbackShape = record({
  id: eventId,
  type: textLike(/^[a-z]+(\.[A-Za-z]+)+$/, 'a type such as order.confirmed'),
  timestamp: isoTime,
  subject: textLike(/^[a-z]+\/[\x21-\x7e]{1,255}$/, 'a subject such as order/<id>'),
  data: anyObject,
  sequence: countFrom(1),
  previousEventId: nullable(eventId),
});

/** A callback of any type, those included that did not exist when this was written. */
export type Callback = TypeOf<typeof callbackShape>;

/** A callback whose `data` is known. */
export type CallbackOf<T extends EventType> = Omit<Callback, 'type' | 'data'> & { type: T; data: EventData<T> };

/** Whether a callback that was parsed is of this type; `data` was checked then. */
export const isOfType = <T extends EventType>(callback: Callback, type: T): callback is Callback & CallbackOf<T> =>
  callback.type === type;

export type ParsedCallback = { callback: Callback } | { problems: string[] };

/** Checks a body that is JSON already. `data` of a type that is not known is taken as it is. */
export function parseCallback(body: unknown): ParsedCallback {
  const problems = callbackShape.problems(body, '');
  if (problems.length > 0) return { problems };
  const callback = body as Callback;
  const dataProblems = isEventType(callback.type) ? eventData[callback.type].problems(callback.data, 'data') : [];
  return dataProblems.length > 0 ? { problems: dataProblems } : { callback };
}
