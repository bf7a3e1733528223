-- What was set up through the APIs. docs/store.md explains every column.
CREATE TABLE setting (
    account    TEXT    NOT NULL,
    region     TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    changed_at INTEGER NOT NULL,
    text       TEXT    NOT NULL,
    PRIMARY KEY (kind, account, region, name)
) STRICT, WITHOUT ROWID;
