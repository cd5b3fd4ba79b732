import { filterMatches, webhookEventTypes } from '@holdfast/contracts';
import { toldEventTypes } from '../../../edge-functions/notifier/message.js';
import { notifier } from './subscriber.js';

it('asks for what the notifier tells people, and nothing else', () => {
  const asked = webhookEventTypes.filter((type) => notifier.eventTypes.some((filter) => filterMatches(filter, type)));
  expect(asked.toSorted()).toEqual(toldEventTypes.toSorted());
});
