import { LoadFailure, TRY_AGAIN } from './insist.js';
import { type ShopClient, UNKNOWN } from './shop-client.js';

/** Enables a webhook, whoever has disabled it and whether or not anybody has. */
export class WebhookOwner {
  constructor(
    private readonly webhookId: string,
    private readonly shop: Pick<ShopClient, 'enable'>,
  ) {}

  /** Without an answer it is done again soon enough. */
  async act(): Promise<void> {
    const outcome = await this.shop.enable(this.webhookId);
    if (outcome === UNKNOWN || [200, ...TRY_AGAIN].includes(outcome.status)) return;
    throw new LoadFailure(`enabling ${this.webhookId}: ${outcome.status} ${outcome.code ?? ''}`);
  }
}
