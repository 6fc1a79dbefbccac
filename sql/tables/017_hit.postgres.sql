SET LOCAL ROLE hourglass_owner;

-- One row: a page view, or an event with the details of a page or an app. Partitioned by weeks like event.
CREATE TABLE hit (
    ts        timestamptz      NOT NULL,
    site_id   integer          NOT NULL,
    visitor   bigint,
    name_id   integer          NOT NULL,
    host_id   integer,
    path_id   integer,
    title_id  integer,
    place_id  integer,
    agent_id  integer,
    origin_id integer,
    flags     smallint         NOT NULL,
    scroll    smallint,
    engaged   integer,
    value     numeric(18, 6),
    currency  char(3),
    props     jsonb,
    CONSTRAINT hit_values CHECK (
        ts >= '1970-01-01 00:00:00+00' AND ts < '10000-01-01 00:00:00+00' AND scroll BETWEEN 0 AND 100 AND engaged >= 0
    )
) PARTITION BY RANGE (ts);
CREATE INDEX hit_site_ts ON hit (site_id, ts);
GRANT INSERT ON hit TO hourglass_ingest;

-- The weeks that are ready have no partitions of hits yet.
UPDATE open_hour SET ready_since = 'infinity', ready_until = '-infinity';
