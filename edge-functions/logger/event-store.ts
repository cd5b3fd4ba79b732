import { type EventRow } from './event-row.ts';

export interface EventStore {
  /**
   * Stores an event, once.
   *
   * @returns false where one with the same id is stored already.
   * @throws StoreUnavailableError
   */
  save(row: EventRow): Promise<boolean>;
}
