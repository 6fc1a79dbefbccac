SET LOCAL ROLE hourglass_owner;

-- One row: a site whose events are counted. Site 1 is the one that /analytics writes to.
CREATE TABLE site (
    id   integer PRIMARY KEY,
    name text    NOT NULL
);
INSERT INTO site (id, name) VALUES (1, 'default');

-- One row: a user clicked on something (kind 1) or saw it (kind 2). Partitioned by weeks, which begin on a Monday, UTC.
-- There is no default partition: a row without a partition is an error of open_batch and has to fail, and making a
-- partition beside a default one would lock every reader out until the writer commits.
CREATE TABLE event (
    ts      timestamptz      NOT NULL CHECK (ts >= '1970-01-01 00:00:00+00' AND ts < '10000-01-01 00:00:00+00'),
    site_id integer          NOT NULL,
    kind    smallint         NOT NULL CHECK (kind IN (1, 2)),
    user_id text COLLATE "C" NOT NULL CHECK (octet_length(user_id) BETWEEN 1 AND 256)
) PARTITION BY RANGE (ts);
CREATE INDEX event_ts ON event (ts);
