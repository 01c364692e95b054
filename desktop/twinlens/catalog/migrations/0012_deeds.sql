-- What the user has decided, deed by deed: one deed is what one undo takes back. "turn" orders what was done and taken back:
-- the done deed with the highest turn is undone next, the undone one with the highest is done again next. A new deed ends
-- what could be done again.
CREATE TABLE deeds (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    kind       TEXT NOT NULL CHECK (kind IN ('marks', 'verdicts', 'removal', 'restoring')),
    origin     TEXT NOT NULL,
    detail     TEXT NOT NULL DEFAULT '',
    at_us      INTEGER NOT NULL,
    turn       INTEGER NOT NULL,
    undone_us  INTEGER,
    redoable   INTEGER NOT NULL DEFAULT 0 CHECK (redoable IN (0, 1)),
    keeps      INTEGER NOT NULL DEFAULT 0,
    rejects    INTEGER NOT NULL DEFAULT 0,
    clears     INTEGER NOT NULL DEFAULT 0,
    size_bytes INTEGER NOT NULL DEFAULT 0,
    kept_rows  INTEGER NOT NULL DEFAULT 0,
    session    INTEGER REFERENCES sessions (id)
) STRICT;

CREATE INDEX deeds_by_turn ON deeds (turn);
CREATE INDEX deeds_to_redo ON deeds (turn) WHERE redoable = 1;
CREATE INDEX deeds_by_session ON deeds (session);

-- One photo of a deed: by number, and by content and place, for numbers are given anew to a folder that was taken out.
CREATE TABLE deed_marks (
    deed          INTEGER NOT NULL REFERENCES deeds (id) ON DELETE CASCADE,
    photo_id      INTEGER NOT NULL,
    content       BLOB NOT NULL,
    volume        TEXT NOT NULL,
    relative_path BLOB NOT NULL,
    name_key      BLOB NOT NULL,
    size_bytes    INTEGER NOT NULL,
    before        TEXT,
    after         TEXT,
    PRIMARY KEY (deed, photo_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX deed_marks_by_photo ON deed_marks (photo_id);
CREATE INDEX deed_marks_by_content ON deed_marks (content);

-- A pair that a deed called no duplicates and that was not called so before.
CREATE TABLE deed_pairs (
    deed   INTEGER NOT NULL REFERENCES deeds (id) ON DELETE CASCADE,
    first  BLOB NOT NULL,
    second BLOB NOT NULL,
    PRIMARY KEY (deed, first, second)
) STRICT, WITHOUT ROWID;

-- The photos that a deed put back, as steps of the journal.
CREATE TABLE deed_steps (
    deed INTEGER NOT NULL REFERENCES deeds (id) ON DELETE CASCADE,
    step INTEGER NOT NULL REFERENCES steps (id),
    PRIMARY KEY (deed, step)
) STRICT, WITHOUT ROWID;

-- Each time a deed was taken back or done again.
CREATE TABLE deed_turns (
    id    INTEGER PRIMARY KEY,
    deed  INTEGER NOT NULL REFERENCES deeds (id) ON DELETE CASCADE,
    what  TEXT NOT NULL CHECK (what IN ('undone', 'redone')),
    at_us INTEGER NOT NULL
) STRICT;

CREATE INDEX deed_turns_by_deed ON deed_turns (deed);

-- A session that does a removal again, or takes back that photos were put back, belongs to that deed and makes no new one.
ALTER TABLE sessions ADD COLUMN again_of INTEGER REFERENCES deeds (id);
CREATE INDEX steps_by_content ON steps (content);

INSERT INTO deeds (kind, origin, detail, at_us, turn, undone_us, session)
    SELECT 'removal', 'session', rule, started_us, id, undone_us, id FROM sessions ORDER BY id;

CREATE TRIGGER deed_ends_redo AFTER INSERT ON deeds BEGIN
    UPDATE deeds SET redoable = 0 WHERE redoable = 1 AND id != new.id;
END;

-- Whoever removes photos, the window or the command line: it is a deed from the moment on at which it is a session.
CREATE TRIGGER session_is_a_deed AFTER INSERT ON sessions WHEN new.again_of IS NULL BEGIN
    INSERT INTO deeds (kind, origin, detail, at_us, turn, session)
        VALUES ('removal', 'session', new.rule, new.started_us, (SELECT coalesce(max(turn), 0) + 1 FROM deeds), new.id);
END;

CREATE TRIGGER session_does_a_deed_again AFTER INSERT ON sessions WHEN new.again_of IS NOT NULL BEGIN
    UPDATE deeds SET turn = (SELECT max(turn) + 1 FROM deeds), redoable = (kind = 'restoring'),
        undone_us = CASE kind WHEN 'removal' THEN NULL ELSE new.started_us END WHERE id = new.again_of;
    INSERT INTO deed_turns (deed, what, at_us)
        SELECT id, CASE kind WHEN 'removal' THEN 'redone' ELSE 'undone' END, new.started_us FROM deeds WHERE id = new.again_of;
END;
