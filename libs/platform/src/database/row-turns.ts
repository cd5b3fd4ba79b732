/**
 * Pieces that run together. Their transaction keeps the rows until it ends, so that other instances wait for all of them;
 * at this size the commit is a small part of it already.
 */
const MAX_TOGETHER = 32;

/**
 * Says whose turn it is where pieces of work want the same rows: of those that run at a time no two name the same row.
 * Nobody is passed by one that came later and wants a row of his.
 */
export class RowTurns<Piece extends { rows: readonly string[] }> {
  private waiting: Piece[] = [];
  /** Rows of pieces that run. */
  private readonly taken = new Set<string>();
  /** Rows of pieces that run or wait. */
  private wanted = new Set<string>();

  /** @returns whether the piece may run now; if not, {@link leave} gives it out. */
  enter(piece: Piece): boolean {
    const free = piece.rows.every((row) => !this.wanted.has(row));
    for (const row of piece.rows) this.wanted.add(row);
    if (free) this.take(piece);
    else this.waiting.push(piece);
    return free;
  }

  /**
   * The pieces have run.
   *
   * @returns those whose turn it is now, to be run together and in this order; empty where nobody waits for what is free.
   */
  leave(pieces: readonly Piece[]): Piece[] {
    for (const { rows } of pieces) for (const row of rows) this.taken.delete(row);
    const next: Piece[] = [];
    const wanted = new Set(this.taken);
    this.waiting = this.waiting.filter((piece) => {
      const goes = next.length < MAX_TOGETHER && piece.rows.every((row) => !wanted.has(row));
      if (goes) next.push(piece);
      else for (const row of piece.rows) wanted.add(row);
      return !goes;
    });
    for (const piece of next) {
      this.take(piece);
      for (const row of piece.rows) wanted.add(row);
    }
    this.wanted = wanted;
    return next;
  }

  private take({ rows }: Piece): void {
    for (const row of rows) this.taken.add(row);
  }
}
