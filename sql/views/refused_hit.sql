CREATE OR REPLACE VIEW hourglass_read.refused_hit AS
    SELECT id, site_id, at, reason, hit FROM hourglass.refused_hit;
GRANT SELECT ON hourglass_read.refused_hit TO hourglass_read;
