CREATE OR REPLACE VIEW hourglass_read.rolling_hour AS
    SELECT site_id, hour, unique_users, clicks, impressions FROM hourglass.rolling_hour;
GRANT SELECT ON hourglass_read.rolling_hour TO hourglass_read;
