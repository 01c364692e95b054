-- Photos whose fingerprints are new and were not yet compared with the others. A scan that was killed between the
-- study of a photo and its matching is made up for by the next one.

CREATE TABLE unmatched (
    photo_id INTEGER PRIMARY KEY REFERENCES photos (id) ON DELETE CASCADE
) STRICT;

INSERT INTO unmatched SELECT photo_id FROM fingerprints;

CREATE TRIGGER fingerprints_are_new AFTER INSERT ON fingerprints BEGIN
    INSERT OR IGNORE INTO unmatched VALUES (new.photo_id);
END;
