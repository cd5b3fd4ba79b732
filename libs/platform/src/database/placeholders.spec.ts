import { numberPlaceholders, preparedText } from './placeholders.js';

describe('placeholders', () => {
  it.each([
    ['SELECT 1', 'SELECT 1'],
    ['INSERT INTO t VALUES (?, ?, ?)', 'INSERT INTO t VALUES ($1, $2, $3)'],
    ["SELECT '?' || ?", "SELECT '?' || $1"],
    ["SELECT 'it''s ?', ?", "SELECT 'it''s ?', $1"],
    ["SELECT '' , ?, ''", "SELECT '' , $1, ''"],
    ['SELECT ? AS "what?", ?', 'SELECT $1 AS "what?", $2'],
    ['SELECT ? -- really?\n, ?', 'SELECT $1 -- really?\n, $2'],
    ['SELECT /* ? \n ? */ ?', 'SELECT /* ? \n ? */ $1'],
    ['SELECT $$?$$, $tag$ ? $$ ? $tag$, ?', 'SELECT $$?$$, $tag$ ? $$ ? $tag$, $1'],
    ['SELECT ?::bigint', 'SELECT $1::bigint'],
  ])('of %j are numbered: %j', (sql, numbered) => {
    expect(numberPlaceholders(sql)).toBe(numbered);
  });

  it('are numbered once per statement, which keeps its name', () => {
    const first = preparedText('SELECT ? AS one');
    expect(preparedText('SELECT ? AS one')).toBe(first);
    expect(preparedText('SELECT ? AS two').name).not.toBe(first.name);
  });
});
