const LIMIT = 50;
const TIMEOUT_MS = 30_000;

interface Page {
  nextCursor: string | null;
}

/** Reads one list of orders over HTTP, in pages of 50. */
export class ListReader {
  constructor(
    private readonly ordersUrl: string,
    private readonly headers: Record<string, string>,
    private readonly filters: Record<string, string>,
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

  private async page(cursor: string | undefined): Promise<Page> {
    const query = new URLSearchParams({
      ...this.filters,
      limit: String(LIMIT),
      ...(cursor !== undefined && { cursor }),
    });
    const response = await fetch(`${this.ordersUrl}?${query}`, {
      headers: this.headers,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`GET /orders?${query} answered ${response.status}: ${text}`);
    return JSON.parse(text) as Page;
  }
}
