-- The journal names files by where they are today: a drive may come back at another mount point, and what was removed
-- there can still be put back. Steps of before are given the volume that held their path best.
ALTER TABLE steps ADD COLUMN volume TEXT;
ALTER TABLE steps ADD COLUMN keeper_volume TEXT;

UPDATE steps SET
    volume = (
        SELECT id FROM volumes
        WHERE mount_point = x'2F'
            OR (
                substr(path, 1, length(mount_point)) = mount_point
                AND substr(path, length(mount_point) + 1, 1) = x'2F'
            )
        ORDER BY online DESC, length(mount_point) DESC LIMIT 1
    ),
    keeper_volume = (
        SELECT id FROM volumes
        WHERE mount_point = x'2F'
            OR (
                substr(keeper_path, 1, length(mount_point)) = mount_point
                AND substr(keeper_path, length(mount_point) + 1, 1) = x'2F'
            )
        ORDER BY online DESC, length(mount_point) DESC LIMIT 1
    );

CREATE INDEX steps_by_volume ON steps (volume);
CREATE INDEX steps_by_keeper_volume ON steps (keeper_volume);
