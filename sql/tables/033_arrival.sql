SET LOCAL ROLE hourglass_owner;

-- One row: the hits of a site with times in a quarter of an hour (UTC) that a batch stored more than a minute after their
-- times, or before them. Maintenance joins rows: they arrived in the `step` seconds from `arrived` on. bots are those of
-- machines among them. Such a hit has the flag 32.
CREATE TABLE arrival (
    site_id integer     NOT NULL,
    quarter timestamptz NOT NULL,
    arrived timestamptz NOT NULL,
    step    integer     NOT NULL DEFAULT 1,
    hits    bigint      NOT NULL,
    bots    bigint      NOT NULL
);
CREATE INDEX arrival_site_quarter ON arrival (site_id, quarter);
-- The rows that are still to be joined.
CREATE INDEX arrival_arrived ON arrival (arrived) WHERE step < 900;
GRANT INSERT ON arrival TO hourglass_ingest;
GRANT SELECT, INSERT, DELETE ON arrival TO hourglass_maintain;

-- The time at which an alias became known; NULL for one that is older than this step.
ALTER TABLE alias ADD COLUMN added_at timestamptz;
ALTER TABLE alias ALTER COLUMN added_at SET DEFAULT now();
