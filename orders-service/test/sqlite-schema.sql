CREATE TABLE idempotency_keys (
        client_id   TEXT    NOT NULL,
        key         TEXT    NOT NULL,
        fingerprint TEXT    NOT NULL,
        order_id    TEXT    NOT NULL REFERENCES orders (id),
        answer      TEXT    NOT NULL,
        created_at  INTEGER NOT NULL,
        PRIMARY KEY (client_id, key)
      ) WITHOUT ROWID;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
CREATE TABLE "order_items" (
        order_id    TEXT    NOT NULL REFERENCES orders (id),
        line        INTEGER NOT NULL,
        product_id  TEXT    NOT NULL,
        quantity    INTEGER NOT NULL CHECK (quantity > 0),
        sku         TEXT,
        name        TEXT,
        unit_amount INTEGER CHECK (unit_amount >= 0),
        currency    TEXT,
        ordered_as  TEXT    NOT NULL,
        client_id   TEXT    NOT NULL,
        created_at  INTEGER NOT NULL,
        PRIMARY KEY (order_id, line)
      ) WITHOUT ROWID;
CREATE INDEX order_items_by_product ON order_items (ordered_as, created_at, order_id, client_id);
CREATE TABLE orders (
        id               TEXT    PRIMARY KEY,
        client_id        TEXT    NOT NULL,
        idempotency_key  TEXT    NOT NULL,
        status           TEXT    NOT NULL CHECK (status IN ('PENDING', 'CONFIRMED', 'REJECTED', 'CANCELLED')),
        reference        TEXT,
        total_amount     INTEGER CHECK (total_amount >= 0),
        currency         TEXT,
        rejection_reason TEXT,
        rejection_detail TEXT,
        created_at       INTEGER NOT NULL,
        updated_at       INTEGER NOT NULL,
        version          INTEGER NOT NULL CHECK (version > 0),
        ask_again_at     INTEGER NOT NULL,
        asks             INTEGER NOT NULL, cancelled_by TEXT, stock_released_at INTEGER,
        CHECK (status <> 'CONFIRMED' OR (total_amount IS NOT NULL AND currency IS NOT NULL)),
        CHECK (status <> 'REJECTED' OR rejection_reason IS NOT NULL)
      ) WITHOUT ROWID;
CREATE INDEX orders_by_reference ON orders (reference, created_at, id, client_id) WHERE reference IS NOT NULL;
CREATE INDEX orders_by_status ON orders (status, created_at, id);
CREATE INDEX orders_of_client ON orders (client_id, status, created_at, id);
CREATE INDEX orders_pending ON orders (status, ask_again_at) WHERE status = 'PENDING';
CREATE INDEX orders_unreleased ON orders (status, stock_released_at, ask_again_at)
      WHERE status = 'CANCELLED' AND stock_released_at IS NULL;
