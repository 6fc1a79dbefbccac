-- Only its owner may refresh a continuous aggregate, so the role that refreshes makes them; for that it needs
-- CREATE on the schema for a moment.
SET LOCAL ROLE hourglass_owner;
GRANT CREATE ON SCHEMA hourglass TO hourglass_maintain;
GRANT SELECT ON event TO hourglass_maintain;
SET LOCAL ROLE hourglass_maintain;

-- Both show materialised buckets only. Which hours may be read from here is our own rule (004_hour.sql):
-- real-time aggregation would be slow, and late rows are invisible until the next refresh anyway.

-- One row: what happened on a site in one second; sharp is what lies exactly on its beginning, which a window that
-- ends there still holds.
CREATE MATERIALIZED VIEW second_count
    WITH (timescaledb.continuous, timescaledb.materialized_only = true, timescaledb.create_group_indexes = false) AS
SELECT site_id,
       time_bucket('1 second', ts) AS second,
       count(*) FILTER (WHERE kind = 1) AS clicks,
       count(*) FILTER (WHERE kind = 2) AS impressions,
       count(*) FILTER (WHERE kind = 1 AND ts = time_bucket('1 second', ts)) AS sharp_clicks,
       count(*) FILTER (WHERE kind = 2 AND ts = time_bucket('1 second', ts)) AS sharp_impressions
  FROM event
 GROUP BY 1, 2
  WITH NO DATA;

-- One row: what a user did on a site in one clock hour.
CREATE MATERIALIZED VIEW user_hour
    WITH (timescaledb.continuous, timescaledb.materialized_only = true, timescaledb.create_group_indexes = false) AS
SELECT site_id,
       time_bucket('1 hour', ts) AS hour,
       user_id,
       min(ts) AS first_seen,
       max(ts) AS last_seen,
       count(*) FILTER (WHERE kind = 1) AS clicks,
       count(*) FILTER (WHERE kind = 2) AS impressions
  FROM event
 GROUP BY 1, 2, 3
  WITH NO DATA;

CREATE INDEX second_count_second ON second_count (second, site_id);
CREATE INDEX user_hour_user ON user_hour (hour, site_id, user_id);

GRANT SELECT ON second_count, user_hour TO hourglass_owner;

SET LOCAL ROLE hourglass_owner;
REVOKE CREATE ON SCHEMA hourglass FROM hourglass_maintain;
