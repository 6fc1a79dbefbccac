CREATE OR REPLACE VIEW hourglass_query.site WITH (security_barrier) AS
    SELECT id, name, uuid, hostnames, zone, created_at
      FROM hourglass.site
     WHERE id = (SELECT hourglass_query.current_site()) AND removed_at IS NULL;
GRANT SELECT ON hourglass_query.site TO hourglass_query, hourglass_read;
COMMENT ON VIEW hourglass_query.site IS 'The one row: the site.';
COMMENT ON COLUMN hourglass_query.site.id IS 'The number, site_id elsewhere.';
COMMENT ON COLUMN hourglass_query.site.name IS 'The name.';
COMMENT ON COLUMN hourglass_query.site.uuid IS 'The UUID.';
COMMENT ON COLUMN hourglass_query.site.hostnames IS 'The hosts whose pages may send hits; none for any.';
COMMENT ON COLUMN hourglass_query.site.zone IS 'The time zone of its dates.';
COMMENT ON COLUMN hourglass_query.site.created_at IS 'The time at which it was made.';
