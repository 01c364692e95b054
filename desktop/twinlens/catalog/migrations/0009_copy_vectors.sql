-- The second answer of a network that gives one: near for what was made from one photo. float16, little-endian,
-- L2-normalised before rounding. A vector that comes instead of another gets a new id: who has read up to one id reads on.
CREATE TABLE copy_vectors (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    model    INTEGER NOT NULL REFERENCES models (id),
    photo_id INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
    vector   BLOB NOT NULL,
    UNIQUE (model, photo_id)
) STRICT;

CREATE INDEX copy_vectors_by_photo ON copy_vectors (photo_id);
