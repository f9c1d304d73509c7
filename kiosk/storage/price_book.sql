-- The price book's own file: rebuildable from the store, so that an import never delays a commit of the journal.

-- version 1
-- One row a book: the one in use, and while a new one is arriving, that one.
CREATE TABLE book (
    generation  INTEGER PRIMARY KEY,
    state       TEXT NOT NULL CHECK (state IN ('active', 'staged', 'old')),
    version     TEXT NOT NULL,
    whole       INTEGER NOT NULL,
    items       INTEGER NOT NULL,
    digest      TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX book_active ON book(state) WHERE state = 'active';

-- `code` is the GTIN as the file spells it, or the PLU; `body` is the row's canonical JSON, NULL in a staged delta for
-- a row that is to go.
CREATE TABLE product (
    generation  INTEGER NOT NULL REFERENCES book(generation),
    code        TEXT NOT NULL,
    plu         TEXT,
    body        TEXT,
    PRIMARY KEY (generation, code)
) STRICT, WITHOUT ROWID;
CREATE INDEX product_plu ON product(generation, plu) WHERE plu IS NOT NULL;

-- The store's list of staff, kept to sign in while the store is away.
CREATE TABLE staff (
    id          TEXT PRIMARY KEY,
    name        TEXT NOT NULL,
    role        TEXT NOT NULL,
    pin_hash    TEXT NOT NULL,
    badge       TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- version 2
-- Loose goods, which are picked by picture or name: few among many, asked for by the loop. A query uses this index only
-- if it says the condition in the same words.
CREATE INDEX product_loose ON product(generation, code) WHERE plu IS NOT NULL OR body NOT LIKE '%"pick_keys":""%';

-- version 3
-- Of the rows (`kiosk.wire.tally`), so that a change of one price is checked without reading all of them. Empty: not
-- known, in a file of the version before.
ALTER TABLE book ADD COLUMN tally TEXT NOT NULL DEFAULT '';
