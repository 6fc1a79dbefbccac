CREATE OR REPLACE VIEW hourglass_read.touched_hour AS
    SELECT site_id, hour FROM hourglass.touched_hour;
GRANT SELECT ON hourglass_read.touched_hour TO hourglass_read;
