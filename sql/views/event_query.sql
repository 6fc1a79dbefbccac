CREATE OR REPLACE VIEW hourglass_query.event WITH (security_barrier) AS
    SELECT ts, site_id, kind, user_id
      FROM hourglass.event
     WHERE site_id = (SELECT hourglass_query.current_site());
GRANT SELECT ON hourglass_query.event TO hourglass_query, hourglass_read;
COMMENT ON VIEW hourglass_query.event IS
    'One row: a user clicked on something or saw it, as the hour at /analytics counts it.';
COMMENT ON COLUMN hourglass_query.event.ts IS 'The time, to the millisecond.';
COMMENT ON COLUMN hourglass_query.event.site_id IS 'The site.';
COMMENT ON COLUMN hourglass_query.event.kind IS '1 for a click, 2 for an impression.';
COMMENT ON COLUMN hourglass_query.event.user_id IS 'The user as the sender names them.';
