SET LOCAL ROLE hourglass_owner;

-- One row: a site whose events are counted. Site 1 is the one that /analytics writes to.
CREATE TABLE site (
    id   integer PRIMARY KEY,
    name text    NOT NULL
);
INSERT INTO site (id, name) VALUES (1, 'default');

-- One row: a user clicked on something (kind 1) or saw it (kind 2). Partitioned by weeks, which begin on a Monday, UTC.
-- There is no default partition: a row that has no partition is a mistake of ours and fails, and making a partition
-- beside a default one would lock every reader out until the writer commits.
CREATE TABLE event (
    ts      timestamptz      NOT NULL CHECK (ts >= '1970-01-01 00:00:00+00' AND ts < '10000-01-01 00:00:00+00'),
    site_id integer          NOT NULL,
    kind    smallint         NOT NULL CHECK (kind IN (1, 2)),
    user_id text COLLATE "C" NOT NULL CHECK (octet_length(user_id) BETWEEN 1 AND 256)
) PARTITION BY RANGE (ts);
CREATE INDEX event_ts ON event (ts);

-- Makes the partitions that events in these hours need. The ingesting role may call it but owns no table,
-- so it runs with the rights of the owner.
CREATE FUNCTION make_partitions(hours timestamptz[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    week      timestamptz;
    partition text;
BEGIN
    FOR week IN SELECT DISTINCT date_trunc('week', hour, 'UTC') FROM unnest(hours) AS hour ORDER BY 1 LOOP
        partition := 'event_' || to_char(week, 'YYYYMMDD');
        CONTINUE WHEN to_regclass('hourglass.' || partition) IS NOT NULL;
        -- Two writers may want the same week: the second waits here and finds it made. It is CREATE that looks again:
        -- to_regclass may remember from before the wait that there was none.
        PERFORM pg_advisory_xact_lock(hashtext('hourglass.make_partitions'));
        EXECUTE format(
            'CREATE TABLE IF NOT EXISTS %I PARTITION OF event FOR VALUES FROM (%L) TO (%L)',
            partition, week, week + INTERVAL '7 days'
        );
    END LOOP;
END
$$;
