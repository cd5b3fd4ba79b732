CREATE TABLE adjustment_requests (
    request_id        TEXT    PRIMARY KEY,
    client_id         TEXT    NOT NULL,
    idempotency_key   TEXT,
    fingerprint       TEXT    NOT NULL,
    movement_position INTEGER UNIQUE REFERENCES stock_movements (position),
    reason            TEXT    NOT NULL,
    answer            TEXT    NOT NULL,
    created_at        INTEGER NOT NULL,
    UNIQUE (client_id, idempotency_key)
  ) STRICT, WITHOUT ROWID;
CREATE INDEX adjustment_refusals_by_age ON adjustment_requests (movement_position, created_at)
    WHERE movement_position IS NULL;
CREATE TABLE product_changes (
    request_id TEXT    PRIMARY KEY,
    client_id  TEXT    NOT NULL,
    product_id TEXT    REFERENCES products (id),
    changes    TEXT    NOT NULL,
    answer     TEXT    NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
CREATE INDEX product_changes_by_age ON product_changes (created_at);
CREATE TABLE product_creations (
    client_id       TEXT    NOT NULL,
    idempotency_key TEXT    NOT NULL,
    request_id      TEXT    NOT NULL,
    fingerprint     TEXT    NOT NULL,
    answer          TEXT    NOT NULL,
    created_at      INTEGER NOT NULL,
    PRIMARY KEY (client_id, idempotency_key)
  ) STRICT, WITHOUT ROWID;
CREATE INDEX product_creations_by_age ON product_creations (created_at);
CREATE TABLE products (
    id                  TEXT    PRIMARY KEY,
    sku                 TEXT    NOT NULL UNIQUE,
    name                TEXT    NOT NULL,
    price_amount        INTEGER NOT NULL CHECK (price_amount >= 0),
    price_currency      TEXT    NOT NULL,
    available           INTEGER NOT NULL CHECK (available >= 0),
    reserved            INTEGER NOT NULL DEFAULT 0 CHECK (reserved >= 0),
    sold                INTEGER NOT NULL DEFAULT 0 CHECK (sold >= 0),
    supplier_id         TEXT,
    low_stock_threshold INTEGER CHECK (low_stock_threshold >= 0),
    request_id          TEXT    NOT NULL,
    version             INTEGER NOT NULL CHECK (version > 0),
    created_at          INTEGER NOT NULL,
    updated_at          INTEGER NOT NULL
  , catalogue_version INTEGER NOT NULL DEFAULT 1 CHECK (catalogue_version > 0), fingerprint TEXT) STRICT, WITHOUT ROWID;
CREATE TABLE "reservations" (
    order_id   TEXT    PRIMARY KEY,
    status     TEXT    NOT NULL CHECK (status IN ('RESERVED', 'REFUSED', 'RELEASED')),
    lines      TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    CHECK (status <> 'RESERVED' OR lines <> '[]'),
    CHECK (status <> 'REFUSED' OR lines = '[]')
  ) STRICT, WITHOUT ROWID;
CREATE TRIGGER stock_movements_no_delete BEFORE DELETE ON stock_movements
    BEGIN SELECT raise(ABORT, 'the stock ledger only grows'); END;
CREATE TRIGGER stock_movements_no_update BEFORE UPDATE ON stock_movements
    BEGIN SELECT raise(ABORT, 'the stock ledger only grows'); END;
CREATE TABLE stock_movements (
    position        INTEGER PRIMARY KEY AUTOINCREMENT,
    product_id      TEXT    NOT NULL REFERENCES products (id),
    kind            TEXT    NOT NULL CHECK (kind IN ('initial', 'restock', 'write-off', 'reserve', 'release', 'sell')),
    available_delta INTEGER NOT NULL,
    reserved_delta  INTEGER NOT NULL,
    sold_delta      INTEGER NOT NULL,
    order_id        TEXT,
    created_at      INTEGER NOT NULL,
    CHECK (kind IN ('initial', 'restock', 'write-off') OR available_delta + reserved_delta + sold_delta = 0),
    CHECK (kind IN ('initial', 'restock', 'write-off') OR order_id IS NOT NULL)
  ) STRICT;
CREATE INDEX stock_movements_by_product ON stock_movements (product_id, position);
