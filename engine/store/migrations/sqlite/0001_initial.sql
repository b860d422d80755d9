-- The first schema: the log, the rows folded from it, and what commits together with both.
-- Row types and their meaning: engine/store/rows.h.

CREATE TABLE log_head (
  id             INTEGER PRIMARY KEY CHECK (id = 1),
  log_id         TEXT    NOT NULL,
  head_seq       INTEGER NOT NULL,
  last_commit_us INTEGER NOT NULL
) STRICT;

CREATE TABLE event (
  seq             INTEGER PRIMARY KEY,
  command_seq     INTEGER NOT NULL,
  subject         TEXT    NOT NULL,
  subject_version INTEGER NOT NULL,
  type            TEXT    NOT NULL,
  commit_us       INTEGER NOT NULL,
  actor           TEXT    NOT NULL,
  payload         BLOB    NOT NULL
) STRICT;
CREATE INDEX event_of_subject ON event (subject, seq);

CREATE TABLE entity (
  id         INTEGER PRIMARY KEY,
  subject    TEXT    NOT NULL UNIQUE,
  kind       TEXT    NOT NULL,
  area       TEXT    NOT NULL,
  state      TEXT    NOT NULL,
  sort_us    INTEGER NOT NULL,
  version    INTEGER NOT NULL,
  create_seq INTEGER NOT NULL,
  update_seq INTEGER NOT NULL,
  body       BLOB    NOT NULL,
  row_hash   BLOB    NOT NULL
) STRICT;
-- One index per way of paging, each in the order of its pages.
CREATE UNIQUE INDEX entity_by_creation ON entity (kind, create_seq);
CREATE INDEX entity_by_area  ON entity (kind, area, create_seq);
CREATE INDEX entity_by_state ON entity (kind, state, create_seq, area);
CREATE INDEX entity_by_time  ON entity (kind, sort_us, subject, area) WHERE sort_us <> 0;

-- How many entities there are, so that counting a million of them is one row's work.
CREATE TABLE entity_count (
  kind  TEXT    NOT NULL,
  area  TEXT    NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (kind, area)
) STRICT, WITHOUT ROWID;

CREATE TABLE body (
  id           INTEGER PRIMARY KEY,
  content_hash TEXT NOT NULL UNIQUE,
  bytes        BLOB NOT NULL
) STRICT;

CREATE TABLE path (
  repository TEXT NOT NULL,
  path       TEXT NOT NULL,
  subject    TEXT NOT NULL,
  PRIMARY KEY (repository, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE search (
  id         INTEGER PRIMARY KEY,
  subject    TEXT    NOT NULL UNIQUE,
  update_seq INTEGER NOT NULL
) STRICT;
-- Rows of `search` by id. Both columns hold words that engine/store/search_words.h made, once each
-- and separated by spaces; the ascii tokenizer takes them as they are. No phrases and no ranking:
-- hence neither positions nor sizes.
CREATE VIRTUAL TABLE search_word USING fts5 (
  title, text, tokenize = 'ascii', detail = column, columnsize = 0
);

CREATE TABLE idempotency (
  id          INTEGER PRIMARY KEY,
  principal   TEXT    NOT NULL,
  method      TEXT    NOT NULL,
  request_id  TEXT    NOT NULL,
  fingerprint BLOB    NOT NULL,
  first_seq   INTEGER NOT NULL,
  response    BLOB    NOT NULL,
  expires_us  INTEGER NOT NULL,
  UNIQUE (principal, method, request_id)
) STRICT;
CREATE INDEX idempotency_by_expiry ON idempotency (expires_us);

CREATE TABLE timer (
  subject    TEXT    NOT NULL,
  kind       TEXT    NOT NULL,
  due_us     INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  PRIMARY KEY (subject, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX timer_by_due ON timer (due_us, subject, kind);
