-- With the seconds whose events have been deleted for one site alone.
CREATE OR REPLACE VIEW hourglass_read.second_count AS
    SELECT site_id, second, clicks, impressions, sharp_clicks, sharp_impressions FROM hourglass.second_count
    UNION ALL
    SELECT site_id, second, clicks, impressions, sharp_clicks, sharp_impressions FROM hourglass.old_second_count;
GRANT SELECT ON hourglass_read.second_count TO hourglass_read, hourglass_maintain;
