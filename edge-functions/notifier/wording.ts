import { type EventData } from '../shared/event-data.ts';
import { type FormattedText } from './formatted-text.ts';

/** The sentences of a language, one for each event that people are told of. */
export interface Wording {
  'order.confirmed'(data: EventData<'order.confirmed'>): FormattedText;
  'order.rejected'(data: EventData<'order.rejected'>): FormattedText;
  'order.cancelled'(data: EventData<'order.cancelled'>): FormattedText;
  'product.stockLow'(data: EventData<'product.stockLow'>): FormattedText;
  'product.stockAdjusted'(data: EventData<'product.stockAdjusted'>): FormattedText;
  'webhook.disabled'(data: EventData<'webhook.disabled'>): FormattedText;
  'webhook.test'(data: EventData<'webhook.test'>): FormattedText;
}

export type ToldEventType = keyof Wording;
