import { type Caller, type CreateOrder, newId, type Reply } from '@holdfast/contracts';
import { BrokerConnection, RpcClient } from '@holdfast/messaging';
import { commonConfig, createLogger } from '@holdfast/platform';
import { type LostOrder } from './lost-orders.js';

/** Requests that wait for an answer at a time: as many as share a few commits. */
export const MAX_IN_FLIGHT = 50;

// orders-service reads its file anew after a restore, and may commit slowly for it.
const TIMEOUT_MS = 60_000;

/** Who asks, as orders-service sees it. */
const OPERATOR: Caller = { role: 'operator', clientId: 'restore' };

/** Requests to orders-service that do not pass the gateway, which makes an id of its own for each. */
export class OrdersClient {
  private constructor(
    private readonly connection: BrokerConnection,
    private readonly rpc: RpcClient,
  ) {}

  /** Resolves when there is a connection; until then it says every 3 s that there is none. */
  static async connect(env: NodeJS.ProcessEnv): Promise<OrdersClient> {
    const urls = commonConfig.AMQP_URL.parse(env.AMQP_URL || undefined);
    const connection = new BrokerConnection({ urls, name: 'restore', logger: createLogger('restore', 'warn') });
    const rpc = new RpcClient(connection, MAX_IN_FLIGHT);
    await rpc.ready();
    return new OrdersClient(connection, rpc);
  }

  /**
   * Places an order under the id that it had.
   *
   * @throws NoAnswerError or RequestNotSentError: whether it was placed is not known, and it may be placed again.
   */
  place({ id, request }: LostOrder): Promise<Reply<unknown>> {
    return this.ask('orders.create', request, id);
  }

  /** @throws what {@link place} throws. */
  cancel(orderId: string): Promise<Reply<unknown>> {
    return this.ask('orders.cancel', { caller: OPERATOR, orderId }, newId());
  }

  async close(): Promise<void> {
    await this.rpc.close();
    await this.connection.close();
  }

  private async ask(
    ...[pattern, data, requestId]:
      | ['orders.create', CreateOrder, string]
      | ['orders.cancel', { caller: Caller; orderId: string }, string]
  ): Promise<Reply<unknown>> {
    return (await this.rpc.request(pattern, data, { requestId, timeoutMs: TIMEOUT_MS })) as Reply<unknown>;
  }
}
