-- Every folder that holds photos or problems, with what a listing of it looked like when all in it was known to be as
-- catalogued: a rescan that sees the same listing compares nothing in it singly. NULL: it has to be compared.
-- Whatever changes in the catalog about a file of a folder takes the signature away in the same transaction.

CREATE TABLE folders (
    volume        TEXT NOT NULL REFERENCES volumes (id),
    relative_path BLOB NOT NULL,
    signature     BLOB,
    model         TEXT,
    photo_count   INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (volume, relative_path)
) STRICT, WITHOUT ROWID;

-- Every byte but the slash, as rtrim() takes them: one by one, for a path need not be UTF-8. What is left of a path when
-- these are trimmed from its end is its folder.
CREATE TABLE not_slash (bytes TEXT NOT NULL) STRICT;

INSERT INTO not_slash VALUES (CAST(
X'303132333435363738393A3B3C3D3E3F404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F606162636465666768696A6B6C6D6E6F707172737475767778797A7B7C7D7E7F0102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E808182838485868788898A8B8C8D8E8F909192939495969798999A9B9C9D9E9FA0A1A2A3A4A5A6A7A8A9AAABACADAEAFB0B1B2B3B4B5B6B7B8B9BABBBCBDBEBFC0C1C2C3C4C5C6C7C8C9CACBCCCDCECFD0D1D2D3D4D5D6D7D8D9DADBDCDDDEDFE0E1E2E3E4E5E6E7E8E9EAEBECEDEEEFF0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF'
AS TEXT));

INSERT INTO folders (volume, relative_path)
SELECT volume, CAST(rtrim(rtrim(CAST(relative_path AS TEXT), (SELECT bytes FROM not_slash)), '/') AS BLOB) FROM photos
UNION
SELECT volume, CAST(rtrim(rtrim(CAST(relative_path AS TEXT), (SELECT bytes FROM not_slash)), '/') AS BLOB) FROM problems;

CREATE TRIGGER folder_of_new_photo AFTER INSERT ON photos BEGIN
    INSERT INTO folders (volume, relative_path)
    VALUES (new.volume, CAST(rtrim(rtrim(CAST(new.relative_path AS TEXT), (SELECT bytes FROM not_slash)), '/') AS BLOB))
    ON CONFLICT DO UPDATE SET signature = NULL WHERE signature IS NOT NULL;
END;

CREATE TRIGGER folder_of_lost_photo AFTER DELETE ON photos BEGIN
    UPDATE folders SET signature = NULL WHERE signature IS NOT NULL AND volume = old.volume
    AND relative_path = CAST(rtrim(rtrim(CAST(old.relative_path AS TEXT), (SELECT bytes FROM not_slash)), '/') AS BLOB);
END;

CREATE TRIGGER folder_of_changed_photo
AFTER UPDATE OF volume, relative_path, size_bytes, mtime_ns, inode, away ON photos BEGIN
    UPDATE folders SET signature = NULL WHERE signature IS NOT NULL AND volume = old.volume
    AND relative_path = CAST(rtrim(rtrim(CAST(old.relative_path AS TEXT), (SELECT bytes FROM not_slash)), '/') AS BLOB);
    INSERT INTO folders (volume, relative_path)
    VALUES (new.volume, CAST(rtrim(rtrim(CAST(new.relative_path AS TEXT), (SELECT bytes FROM not_slash)), '/') AS BLOB))
    ON CONFLICT DO UPDATE SET signature = NULL WHERE signature IS NOT NULL;
END;

-- A photo without its vector is to be completed. Where the photo itself went, its own trigger has seen to it.
CREATE TRIGGER folder_of_lost_vector AFTER DELETE ON embeddings BEGIN
    UPDATE folders SET signature = NULL WHERE signature IS NOT NULL AND (volume, relative_path) = (
        SELECT volume, CAST(rtrim(rtrim(CAST(relative_path AS TEXT), (SELECT bytes FROM not_slash)), '/') AS BLOB)
        FROM photos WHERE id = old.photo_id);
END;

CREATE TRIGGER folder_of_new_problem AFTER INSERT ON problems BEGIN
    INSERT INTO folders (volume, relative_path)
    VALUES (new.volume, CAST(rtrim(rtrim(CAST(new.relative_path AS TEXT), (SELECT bytes FROM not_slash)), '/') AS BLOB))
    ON CONFLICT DO UPDATE SET signature = NULL WHERE signature IS NOT NULL;
END;

CREATE TRIGGER folder_of_settled_problem AFTER DELETE ON problems BEGIN
    UPDATE folders SET signature = NULL WHERE signature IS NOT NULL AND volume = old.volume
    AND relative_path = CAST(rtrim(rtrim(CAST(old.relative_path AS TEXT), (SELECT bytes FROM not_slash)), '/') AS BLOB);
END;

CREATE TRIGGER folder_of_changed_problem AFTER UPDATE ON problems BEGIN
    UPDATE folders SET signature = NULL WHERE signature IS NOT NULL AND volume = old.volume
    AND relative_path = CAST(rtrim(rtrim(CAST(old.relative_path AS TEXT), (SELECT bytes FROM not_slash)), '/') AS BLOB);
    INSERT INTO folders (volume, relative_path)
    VALUES (new.volume, CAST(rtrim(rtrim(CAST(new.relative_path AS TEXT), (SELECT bytes FROM not_slash)), '/') AS BLOB))
    ON CONFLICT DO UPDATE SET signature = NULL WHERE signature IS NOT NULL;
END;
