SET LOCAL ROLE hourglass_owner;

-- One row: a site whose events are counted. Site 1 is the one that /analytics writes to.
CREATE TABLE site (
    id   integer PRIMARY KEY,
    name text    NOT NULL
);
INSERT INTO site (id, name) VALUES (1, 'default');

-- One row: a user clicked on something (kind 1) or saw it (kind 2).
CREATE TABLE event (
    ts      timestamptz      NOT NULL CHECK (ts >= '1970-01-01 00:00:00+00' AND ts < '10000-01-01 00:00:00+00'),
    site_id integer          NOT NULL,
    kind    smallint         NOT NULL CHECK (kind IN (1, 2)),
    user_id text COLLATE "C" NOT NULL CHECK (octet_length(user_id) BETWEEN 1 AND 256)
);
SELECT create_hypertable('event', by_range('ts', INTERVAL '7 days'), create_default_indexes => false);
CREATE INDEX event_ts ON event (ts);
