-- How the second photo of a relation differs from the first: see catalog/differences.py for the 44 bytes. NULL: not known.
ALTER TABLE relations ADD COLUMN difference BLOB CHECK (length(difference) = 44);

-- What tells an original from a copy: the size that the camera wrote into the metadata, and whether the quantisation
-- tables of a JPEG are those that most programs use (1) or those of a camera or an editor (0).
ALTER TABLE photos ADD COLUMN recorded_width_px INTEGER;
ALTER TABLE photos ADD COLUMN recorded_height_px INTEGER;
ALTER TABLE photos ADD COLUMN library_tables INTEGER;

-- What earlier encodings and enlargements left in the pixels, of photos for which it mattered. earlier_quality: of a JPEG
-- that this one was made from, NULL for none; spectrum: energy by frequency in steps of half a decibel, 32 bands.
CREATE TABLE traces (
    photo_id        INTEGER PRIMARY KEY REFERENCES photos (id) ON DELETE CASCADE,
    earlier_quality INTEGER,
    spectrum        BLOB NOT NULL CHECK (length(spectrum) = 32)
) STRICT;

CREATE TRIGGER traces_of_other_bytes AFTER UPDATE OF content ON photos WHEN old.content != new.content BEGIN
    DELETE FROM traces WHERE photo_id = old.id;
END;
