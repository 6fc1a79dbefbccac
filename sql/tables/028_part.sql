SET LOCAL ROLE hourglass_owner;

-- One row: the hits of a site on a day (UTC) as columns, in a format of the servers, built from the rows that `covers`
-- shows. It may be deleted at any time: servers build it again. `system` is the database cluster, since the numbers of
-- transactions mean nothing in another one.
CREATE TABLE part (
    site_id integer     NOT NULL,
    day     date        NOT NULL,
    covers  pg_snapshot NOT NULL,
    zone    text        NOT NULL,
    system  bigint      NOT NULL,
    hits    integer     NOT NULL,
    data    bytea       NOT NULL,
    kept_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (site_id, day)
);
-- The data are compressed already.
ALTER TABLE part ALTER COLUMN data SET STORAGE EXTERNAL;
GRANT SELECT, DELETE ON part TO hourglass_maintain;
