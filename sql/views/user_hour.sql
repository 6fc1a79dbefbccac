-- With the hours whose events have been deleted for one site alone.
CREATE OR REPLACE VIEW hourglass_read.user_hour AS
    SELECT site_id, hour, user_id, first_seen, last_seen, clicks, impressions FROM hourglass.user_hour
    UNION ALL
    SELECT site_id, hour, user_id, first_seen, last_seen, clicks, impressions FROM hourglass.old_user_hour;
GRANT SELECT ON hourglass_read.user_hour TO hourglass_read, hourglass_maintain;
