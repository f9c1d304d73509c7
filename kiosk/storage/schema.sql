-- The lane's file: journal, sales, outbox. Only add, in a new section below: the version before must be able to open it.
-- Times are UTC in milliseconds; bodies are JSON.

-- version 1
CREATE TABLE meta (
    name    TEXT PRIMARY KEY,
    value   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The state before visit `visit`, which is the state after event `seq`. Visit 0 began without one.
CREATE TABLE snapshot (
    visit   INTEGER PRIMARY KEY,
    seq     INTEGER NOT NULL,
    state   TEXT NOT NULL
) STRICT;

CREATE TABLE event (
    seq     INTEGER PRIMARY KEY,
    visit   INTEGER NOT NULL,
    utc_ms  INTEGER NOT NULL,
    type    TEXT NOT NULL,
    body    TEXT NOT NULL
) STRICT;
CREATE INDEX event_visit ON event(visit);

-- Sealed sales, for ever. `visit` is the visit whose events made it, as long as these are kept.
CREATE TABLE sale (
    sequence        INTEGER PRIMARY KEY,
    key             TEXT NOT NULL UNIQUE,
    business_day    TEXT NOT NULL,
    visit           INTEGER NOT NULL,
    body            TEXT NOT NULL,
    hash            TEXT NOT NULL,
    previous        TEXT NOT NULL
) STRICT;
CREATE INDEX sale_business_day ON sale(business_day);

-- What the store must hear, in order. A row dies on the store's own acknowledgement; one that the store refused
-- stays with its reason.
CREATE TABLE outbox (
    n               INTEGER PRIMARY KEY,
    id              TEXT NOT NULL UNIQUE,
    kind            TEXT NOT NULL,
    sale            TEXT REFERENCES sale(key),
    created_utc_ms  INTEGER NOT NULL,
    body            TEXT NOT NULL,
    refused         TEXT
) STRICT;
CREATE INDEX outbox_pending ON outbox(n) WHERE refused IS NULL;
