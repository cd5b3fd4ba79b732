import { type AttemptView } from '@holdfast/contracts';
import { type Transaction } from '@holdfast/platform';
import { type DeliveryLookup } from '../app/owner.ports.js';
import { type DeliveryRecord } from '../app/ports.js';
import { attemptsOf, deliveryById } from './delivery.row.js';

/** Deliveries as the caller's transaction sees them. */
export class SqlDeliveryLookup implements DeliveryLookup {
  find(tx: Transaction, id: string): Promise<DeliveryRecord | undefined> {
    return deliveryById(tx, id);
  }

  attemptsOf(tx: Transaction, id: string): Promise<AttemptView[]> {
    return attemptsOf(tx, id);
  }
}
