CREATE OR REPLACE VIEW hourglass_read.site AS
    SELECT id, name, uuid, hostnames, zone, settings, created_at
      FROM hourglass.site WHERE removed_at IS NULL;
GRANT SELECT ON hourglass_read.site TO hourglass_read;
