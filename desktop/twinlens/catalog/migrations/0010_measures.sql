-- How well photos came out (domain/measures.py), by content: a file that changes has none, one that moves keeps them, and
-- copies share them. Numbers of another version are replaced. Who has read up to one id reads on.
CREATE TABLE measures (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    content BLOB NOT NULL UNIQUE CHECK (length(content) = 16),
    version INTEGER NOT NULL,
    numbers BLOB NOT NULL
) STRICT;
