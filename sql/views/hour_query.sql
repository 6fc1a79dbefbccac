-- One row: the counts of a site in one clock hour (UTC), from its events. Each hour is counted by itself, so that a
-- condition on `hour` spares the reading of the others.
CREATE OR REPLACE VIEW hourglass_query.hour WITH (security_barrier) AS
    SELECT site.id AS site_id, clock.hour, counted.unique_users, counted.clicks, counted.impressions
      FROM hourglass.site
     CROSS JOIN LATERAL (
        SELECT min(ts) AS first, max(ts) AS last FROM hourglass.event WHERE site_id = site.id
      ) AS held
     CROSS JOIN LATERAL generate_series(date_trunc('hour', held.first, 'UTC'), held.last, INTERVAL '1 hour') AS clock (hour)
     CROSS JOIN LATERAL (
        SELECT count(DISTINCT user_id) AS unique_users,
               count(*) FILTER (WHERE kind = 1) AS clicks, count(*) FILTER (WHERE kind = 2) AS impressions
          FROM hourglass.event
         WHERE site_id = site.id AND ts >= clock.hour AND ts < clock.hour + INTERVAL '1 hour'
      ) AS counted
     WHERE site.id = (SELECT hourglass_query.current_site()) AND counted.unique_users > 0;
GRANT SELECT ON hourglass_query.hour TO hourglass_query, hourglass_read;
COMMENT ON VIEW hourglass_query.hour IS
    'One row: the counts of one clock hour with events, of those that are kept. A condition on hour spares the others.';
COMMENT ON COLUMN hourglass_query.hour.site_id IS 'The site.';
COMMENT ON COLUMN hourglass_query.hour.hour IS 'The beginning of the hour, in UTC.';
COMMENT ON COLUMN hourglass_query.hour.unique_users IS 'The users with an event in the hour.';
COMMENT ON COLUMN hourglass_query.hour.clicks IS 'The clicks.';
COMMENT ON COLUMN hourglass_query.hour.impressions IS 'The impressions.';
