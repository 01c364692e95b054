-- Folders whose photos are never removed. Paths as in sources; folds_case: upper and lower case are the same there.
CREATE TABLE protected_folders (
    volume        TEXT NOT NULL REFERENCES volumes (id),
    relative_path BLOB NOT NULL,
    folds_case    INTEGER NOT NULL,
    PRIMARY KEY (volume, relative_path)
) STRICT, WITHOUT ROWID;

-- The user's own rules, as the JSON of matching/rules/document.py.
CREATE TABLE rules (
    name     TEXT PRIMARY KEY,
    document TEXT NOT NULL
) STRICT, WITHOUT ROWID;
