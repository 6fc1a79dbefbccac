CREATE OR REPLACE VIEW hourglass_read.touched_time AS
    SELECT site_id, first, last, xid FROM hourglass.touched_time;
GRANT SELECT ON hourglass_read.touched_time TO hourglass_read;
