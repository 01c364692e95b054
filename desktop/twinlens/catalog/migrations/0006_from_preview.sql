-- Whether a photo was studied from a preview inside its file. Equal pictures may then have unequal thumbnails.
ALTER TABLE photos ADD COLUMN from_preview INTEGER NOT NULL DEFAULT 0 CHECK (from_preview IN (0, 1));
