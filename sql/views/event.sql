CREATE OR REPLACE VIEW hourglass_read.event AS
    SELECT ts, site_id, kind, user_id FROM hourglass.event;
GRANT SELECT ON hourglass_read.event TO hourglass_read;
