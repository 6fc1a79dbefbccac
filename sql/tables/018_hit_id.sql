SET LOCAL ROLE hourglass_owner;

-- One row: a hit that came with an id of its sender: the first 16 bytes of the id's SHA-256. The same id on the same
-- site is stored once. Each table holds the ids that arrived on one day (functions/hit_id).
CREATE TABLE hit_id_0 (site_id integer NOT NULL, digest uuid NOT NULL, PRIMARY KEY (site_id, digest));
CREATE TABLE hit_id_1 (LIKE hit_id_0 INCLUDING ALL);
CREATE TABLE hit_id_2 (LIKE hit_id_0 INCLUDING ALL);
CREATE TABLE hit_id_3 (LIKE hit_id_0 INCLUDING ALL);

-- The one row: the number of the table that takes the ids of now.
CREATE TABLE hit_id_slot (
    slot  integer     NOT NULL CHECK (slot BETWEEN 0 AND 3),
    since timestamptz NOT NULL,
    one   boolean     PRIMARY KEY DEFAULT true CHECK (one)
);
INSERT INTO hit_id_slot (slot, since) VALUES (0, now());
