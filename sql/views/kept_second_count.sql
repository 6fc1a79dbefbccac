-- The rows of second_count from site_retention.events_since on, and some before, as kept_user_hour.
CREATE OR REPLACE VIEW hourglass_read.kept_second_count AS
    SELECT site_id, second, clicks, impressions, sharp_clicks, sharp_impressions FROM hourglass.second_count;
GRANT SELECT ON hourglass_read.kept_second_count TO hourglass_read;
