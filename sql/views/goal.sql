CREATE OR REPLACE VIEW hourglass_read.goal AS
    SELECT id, site_id, name, created_at FROM hourglass.goal;
GRANT SELECT ON hourglass_read.goal TO hourglass_read;
