-- One row: the hits of a site on a day (UTC) as columns of this database cluster.
CREATE OR REPLACE VIEW hourglass_read.part AS
    SELECT site_id, day, covers, zone, hits, data, kept_at FROM hourglass.part
     WHERE system = (SELECT system_identifier FROM pg_control_system());
GRANT SELECT ON hourglass_read.part TO hourglass_read;
