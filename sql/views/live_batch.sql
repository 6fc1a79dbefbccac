CREATE OR REPLACE VIEW hourglass_read.live_batch AS
    SELECT xid, server_id, site_id, events FROM hourglass.live_batch;
GRANT SELECT ON hourglass_read.live_batch TO hourglass_read;
