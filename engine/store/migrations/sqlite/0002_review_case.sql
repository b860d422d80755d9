-- What a back-test reads: one row per spec that was ever submitted, in the order of first writing.
-- Derived from the log: `gaveld` fills it for specs of an older database when it starts.

CREATE TABLE review_case (
  id            INTEGER PRIMARY KEY,
  subject       TEXT    NOT NULL UNIQUE,
  submitted_day INTEGER NOT NULL,
  body          BLOB    NOT NULL
) STRICT;
