-- The rows of user_hour from site_retention.events_since on, and some before: one table, for answers that need no others.
CREATE OR REPLACE VIEW hourglass_read.kept_user_hour AS
    SELECT site_id, hour, user_id, first_seen, last_seen, clicks, impressions FROM hourglass.user_hour;
GRANT SELECT ON hourglass_read.kept_user_hour TO hourglass_read;
