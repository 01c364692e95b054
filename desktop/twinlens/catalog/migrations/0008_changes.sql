-- What has changed since a moment, so that a window which shows 100,000 photos need not read them all again: one row for each
-- change of a photo, or of the relations whose smaller photo is that one. The newest are kept; who looks more seldom than that
-- finds that the row seen last has gone, and reads everything.
CREATE TABLE changes (
    id           INTEGER PRIMARY KEY,
    photo_id     INTEGER,
    relations_of INTEGER
) STRICT;

-- It starts anywhere: what was read of a catalog that was thrown away does not fit the next one by chance.
INSERT INTO changes (id) VALUES ((random() >> 24) & 0x7FFFFFFFFF);

CREATE TRIGGER photo_came AFTER INSERT ON photos BEGIN
    INSERT INTO changes (photo_id) VALUES (new.id);
END;

CREATE TRIGGER photo_changed AFTER UPDATE ON photos BEGIN
    INSERT INTO changes (photo_id) VALUES (new.id);
END;

CREATE TRIGGER photo_went AFTER DELETE ON photos BEGIN
    INSERT INTO changes (photo_id) VALUES (old.id);
END;

CREATE TRIGGER relation_came AFTER INSERT ON relations BEGIN
    INSERT INTO changes (relations_of) VALUES (new.first);
END;

CREATE TRIGGER relation_changed AFTER UPDATE ON relations BEGIN
    INSERT INTO changes (relations_of) VALUES (old.first), (new.first);
END;

CREATE TRIGGER relation_went AFTER DELETE ON relations BEGIN
    INSERT INTO changes (relations_of) VALUES (old.first);
END;

-- What is known of a photo beside its own row.
CREATE TRIGGER trace_came AFTER INSERT ON traces BEGIN
    INSERT INTO changes (photo_id) VALUES (new.photo_id);
END;

CREATE TRIGGER trace_changed AFTER UPDATE ON traces BEGIN
    INSERT INTO changes (photo_id) VALUES (old.photo_id), (new.photo_id);
END;

CREATE TRIGGER trace_went AFTER DELETE ON traces BEGIN
    INSERT INTO changes (photo_id) VALUES (old.photo_id);
END;

CREATE TRIGGER changes_stay_few AFTER INSERT ON changes WHEN new.id % 4096 = 0 BEGIN
    DELETE FROM changes WHERE id <= new.id - 65536;
END;
