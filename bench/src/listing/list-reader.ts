import { type HoldfastClient, type OrderPage, type paths } from '@holdfast/client';

const LIMIT = 50;
const TIMEOUT_MS = 30_000;

/** What `GET /orders` can be narrowed by. */
export type ListFilters = Omit<NonNullable<paths['/orders']['get']['parameters']['query']>, 'limit' | 'cursor'>;

/** Reads one list of orders over HTTP, in pages of 50. */
export class ListReader {
  constructor(
    private readonly client: HoldfastClient,
    private readonly filters: ListFilters,
  ) {}

  /** One page; answers how long it took, in milliseconds. */
  async time(cursor: string | undefined): Promise<number> {
    const started = performance.now();
    await this.page(cursor);
    return performance.now() - started;
  }

  /** Goes through the list to a page, or to the last but one where there are fewer; answers the cursor that leads to it. */
  async goTo(page: number): Promise<{ page: number; cursor: string | undefined }> {
    let reached: { page: number; cursor: string | undefined } = { page: 1, cursor: undefined };
    let cursor: string | undefined;
    for (let at = 1; at <= page; at += 1) {
      const { nextCursor } = await this.page(cursor);
      if (nextCursor === null) break;
      reached = { page: at, cursor };
      cursor = nextCursor;
    }
    return reached;
  }

  private async page(cursor: string | undefined): Promise<OrderPage> {
    const query = { ...this.filters, limit: LIMIT, ...(cursor !== undefined && { cursor }) };
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    return (await this.client.get('/orders', { params: { query }, signal })).data;
  }
}
