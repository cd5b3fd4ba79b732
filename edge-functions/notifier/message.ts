import { type Callback, isOfType } from '../shared/callback.ts';
import { english } from './english.wording.ts';
import { type FormattedText } from './formatted-text.ts';
import { spanish } from './spanish.wording.ts';
import { type ToldEventType, type Wording } from './wording.ts';

const wordings = { en: english, es: spanish } as const satisfies Record<string, Wording>;

export type Language = keyof typeof wordings;

export const isLanguage = (text: string): text is Language => Object.hasOwn(wordings, text);

export const toldEventTypes = Object.keys(english) as ToldEventType[];

/**
 * What people are told of an event; undefined for one that they are not told of, such as `order.created`, which a decision
 * follows within the second.
 */
export function messageOf(callback: Callback, language: Language): FormattedText | undefined {
  for (const type of toldEventTypes) {
    if (isOfType(callback, type)) return tell(wordings[language], type, callback.data);
  }
  return undefined;
}

// A table of functions by type: only here do a type and its data come apart, and `isOfType` has held them together.
const tell = <T extends ToldEventType>(wording: Wording, type: T, data: Parameters<Wording[T]>[0]): FormattedText =>
  (wording[type] as (data: Parameters<Wording[T]>[0]) => FormattedText)(data);
