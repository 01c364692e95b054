-- The first catalog. Paths are BLOBs: a file name is bytes, and not all bytes are UTF-8.
-- Times of exposures are microseconds since 1970 in the camera's own time; times of the journal are UTC.

CREATE TABLE volumes (
    id          TEXT PRIMARY KEY,
    label       TEXT NOT NULL,
    mount_point BLOB NOT NULL,
    online      INTEGER NOT NULL CHECK (online IN (0, 1))
) STRICT;

CREATE TABLE sources (
    volume        TEXT NOT NULL REFERENCES volumes (id),
    relative_path BLOB NOT NULL,
    PRIMARY KEY (volume, relative_path)
) STRICT, WITHOUT ROWID;

-- AUTOINCREMENT: the number of a removed photo is never given again, for thumbnails and index are kept elsewhere.
CREATE TABLE photos (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    volume           TEXT NOT NULL REFERENCES volumes (id),
    relative_path    BLOB NOT NULL,
    name_key         BLOB NOT NULL,
    size_bytes       INTEGER NOT NULL,
    mtime_ns         INTEGER NOT NULL,
    inode            INTEGER NOT NULL,
    content          BLOB NOT NULL CHECK (length(content) = 16),
    pixels           BLOB CHECK (length(pixels) = 16),
    format           TEXT NOT NULL,
    width_px         INTEGER NOT NULL,
    height_px        INTEGER NOT NULL,
    bits_per_channel INTEGER NOT NULL,
    frame_count      INTEGER NOT NULL,
    jpeg_quality     INTEGER,
    taken_us         INTEGER,
    has_subseconds   INTEGER NOT NULL,
    camera           TEXT,
    lens             TEXT,
    exposure_s       REAL,
    aperture_f       REAL,
    iso              INTEGER,
    focal_length_mm  REAL,
    exposure_bias_ev REAL,
    latitude_deg     REAL,
    longitude_deg    REAL,
    rating           INTEGER,
    software         TEXT,
    orientation      INTEGER NOT NULL,
    field_count      INTEGER NOT NULL,
    sharpness        REAL,
    UNIQUE (volume, relative_path)
) STRICT;

CREATE INDEX photos_by_content ON photos (content);
CREATE INDEX photos_by_name ON photos (name_key);

-- perceptual: 8 times uint64; histogram: 96 times float32; both little-endian.
CREATE TABLE fingerprints (
    photo_id   INTEGER PRIMARY KEY REFERENCES photos (id) ON DELETE CASCADE,
    perceptual BLOB NOT NULL CHECK (length(perceptual) = 64),
    histogram  BLOB NOT NULL CHECK (length(histogram) = 384)
) STRICT;

CREATE TABLE models (
    id     INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE
) STRICT;

-- vector: float16, little-endian, L2-normalised before rounding; norm: its length before normalising.
CREATE TABLE embeddings (
    id       INTEGER PRIMARY KEY,
    model    INTEGER NOT NULL REFERENCES models (id),
    photo_id INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
    norm     REAL,
    vector   BLOB NOT NULL,
    UNIQUE (model, photo_id)
) STRICT;

CREATE INDEX embeddings_by_photo ON embeddings (photo_id);

-- Grows with every vector that comes, changes or goes: part of the stamp of the vector index. It starts anywhere, so
-- that the index of a catalog that was thrown away does not fit the next one by chance.
CREATE TABLE embedding_change (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    value INTEGER NOT NULL
) STRICT;

INSERT INTO embedding_change VALUES (1, (random() >> 24) & 0x7FFFFFFFFF);

CREATE TRIGGER embedding_added AFTER INSERT ON embeddings BEGIN
    UPDATE embedding_change SET value = value + 1;
END;

CREATE TRIGGER embedding_replaced AFTER UPDATE ON embeddings BEGIN
    UPDATE embedding_change SET value = value + 1;
END;

CREATE TRIGGER embedding_removed AFTER DELETE ON embeddings BEGIN
    UPDATE embedding_change SET value = value + 1;
END;

CREATE TABLE relations (
    first         INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
    second        INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
    class_rank    INTEGER NOT NULL,
    score         REAL NOT NULL,
    transform     INTEGER NOT NULL,
    coverage      REAL NOT NULL,
    gap_s         REAL,
    aligned_error REAL,
    PRIMARY KEY (first, second),
    CHECK (first < second)
) STRICT, WITHOUT ROWID;

CREATE INDEX relations_by_second ON relations (second);

-- What the user said of two pictures, whatever their files are called and wherever they lie.
CREATE TABLE verdicts (
    first   BLOB NOT NULL,
    second  BLOB NOT NULL,
    verdict INTEGER NOT NULL,
    at_us   INTEGER NOT NULL,
    PRIMARY KEY (first, second, verdict),
    CHECK (first < second)
) STRICT, WITHOUT ROWID;

CREATE TABLE marks (
    photo_id INTEGER PRIMARY KEY REFERENCES photos (id) ON DELETE CASCADE,
    mark     TEXT NOT NULL
) STRICT;

CREATE TABLE sessions (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    kind        TEXT NOT NULL,
    rule        TEXT NOT NULL,
    started_us  INTEGER NOT NULL,
    finished_us INTEGER,
    undone_us   INTEGER
) STRICT;

-- The journal names files by absolute path and content, not by photo: it outlives the photos.
CREATE TABLE steps (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    session        INTEGER NOT NULL REFERENCES sessions (id),
    kind           TEXT NOT NULL,
    state          TEXT NOT NULL,
    path           BLOB NOT NULL,
    name_key       BLOB NOT NULL,
    resting_path   BLOB,
    size_bytes     INTEGER NOT NULL,
    mtime_ns       INTEGER NOT NULL,
    content        BLOB NOT NULL,
    keeper_path    BLOB NOT NULL,
    keeper_content BLOB NOT NULL,
    class_rank     INTEGER NOT NULL,
    score          REAL NOT NULL,
    transform      INTEGER NOT NULL,
    reason         TEXT NOT NULL,
    at_us          INTEGER NOT NULL,
    error          TEXT
) STRICT;

CREATE INDEX steps_by_session ON steps (session);
CREATE INDEX steps_by_state ON steps (state);

CREATE TABLE problems (
    volume        TEXT NOT NULL REFERENCES volumes (id),
    relative_path BLOB NOT NULL,
    error         TEXT NOT NULL,
    size_bytes    INTEGER,
    mtime_ns      INTEGER,
    inode         INTEGER,
    PRIMARY KEY (volume, relative_path)
) STRICT, WITHOUT ROWID;

CREATE TABLE state (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

INSERT INTO state VALUES ('library_id', lower(hex(randomblob(16))));
