CREATE OR REPLACE VIEW hourglass_read.second_count AS
    SELECT site_id, second, clicks, impressions, sharp_clicks, sharp_impressions FROM hourglass.second_count;
GRANT SELECT ON hourglass_read.second_count TO hourglass_read;
