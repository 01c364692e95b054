-- A photo in quarantine, or in the system's trash, is away: its row waits, unseen, for the undo. No scan forgets it.
ALTER TABLE photos ADD COLUMN away INTEGER NOT NULL DEFAULT 0 CHECK (away IN (0, 1));

CREATE INDEX photos_away ON photos (id) WHERE away = 1;
