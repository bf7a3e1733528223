-- Moments are nanoseconds since 1970, lengths are bytes. docs/store.md explains every column.

-- One row a mail, never changed; forgotten with its history.
CREATE TABLE mail (
    seq         INTEGER PRIMARY KEY,
    id          TEXT    NOT NULL UNIQUE,
    line        INTEGER NOT NULL,           -- 0 inbound, 1 outbound
    accepted_at INTEGER NOT NULL,
    size        INTEGER NOT NULL,
    runs        INTEGER NOT NULL,           -- how many runs the plan has
    body        BLOB    NOT NULL,           -- envelope and plan, JSON
    repeat_key  TEXT
) STRICT;
CREATE UNIQUE INDEX mail_repeat_key ON mail (repeat_key) WHERE repeat_key IS NOT NULL;

-- Where the bytes of an unsettled mail are; run -1 is the mail itself, others are revisions by that run.
CREATE TABLE content (
    mail         INTEGER NOT NULL,
    run          INTEGER NOT NULL,
    action       INTEGER NOT NULL,          -- which action of the run made the revision, -1 for the mail itself
    file         INTEGER NOT NULL,
    own          INTEGER NOT NULL,          -- 1: a file of its own, 0: a segment
    position     INTEGER NOT NULL,
    head_length  INTEGER NOT NULL,
    body_length  INTEGER NOT NULL,
    head_crc     INTEGER NOT NULL,
    body_crc     INTEGER NOT NULL,
    PRIMARY KEY (mail, run)
) STRICT, WITHOUT ROWID;

-- The runs of unsettled mails.
CREATE TABLE run (
    mail        INTEGER NOT NULL,
    idx         INTEGER NOT NULL,
    state       INTEGER NOT NULL,           -- 0 ready, 1 waiting, 2 done, 3 dead
    action      INTEGER,
    attempts    INTEGER,
    since       INTEGER,
    at          INTEGER,
    due         INTEGER,                    -- equals at while anybody may claim it; null while it is held from its acceptance on
    destination TEXT,
    waits_for   INTEGER,
    reason      TEXT,
    how         TEXT,
    PRIMARY KEY (mail, idx)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_due ON run (destination, due) WHERE due IS NOT NULL;
CREATE INDEX run_dead ON run (mail, idx) WHERE state = 3;

-- A settled mail, with one letter a run: C completed, S skipped, D dropped.
CREATE TABLE settled (
    mail INTEGER PRIMARY KEY,
    at   INTEGER NOT NULL,
    how  TEXT    NOT NULL
) STRICT;
CREATE INDEX settled_at ON settled (at);

CREATE TABLE attempt (
    mail        INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    rule        TEXT    NOT NULL,
    action      INTEGER NOT NULL,
    number      INTEGER NOT NULL,
    destination TEXT    NOT NULL,
    took        INTEGER NOT NULL,
    outcome     INTEGER NOT NULL,           -- 0 done, 1 retry, 2 failed
    disposition TEXT,
    not_before  INTEGER,
    detail      TEXT    NOT NULL,
    PRIMARY KEY (mail, at, rule, action, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE rule_set (
    name         TEXT    NOT NULL,
    version      INTEGER NOT NULL,
    published_at INTEGER NOT NULL,
    text         TEXT    NOT NULL,
    PRIMARY KEY (name, version)
) STRICT;

-- Written after a commit whose result was unknown: a transaction that must touch a page.
CREATE TABLE fence (
    id    INTEGER PRIMARY KEY,
    count INTEGER NOT NULL
) STRICT;
INSERT INTO fence (id, count) VALUES (1, 0);
