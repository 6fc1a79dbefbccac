CREATE OR REPLACE VIEW hourglass_query.person WITH (security_barrier) AS
    SELECT site_id, visitor, user_id, traits, first_seen, last_seen
      FROM hourglass.person
     WHERE site_id = (SELECT hourglass_query.current_site());
GRANT SELECT ON hourglass_query.person TO hourglass_query, hourglass_read;
COMMENT ON VIEW hourglass_query.person IS 'One row: a user whom a sender has named.';
COMMENT ON COLUMN hourglass_query.person.site_id IS 'The site.';
COMMENT ON COLUMN hourglass_query.person.visitor IS 'The visitor that the user counts as, in hit and visit.';
COMMENT ON COLUMN hourglass_query.person.user_id IS 'The name.';
COMMENT ON COLUMN hourglass_query.person.traits IS 'The traits that the sender has told.';
COMMENT ON COLUMN hourglass_query.person.first_seen IS 'The time of the first hit with the name.';
COMMENT ON COLUMN hourglass_query.person.last_seen IS 'The time of the last hit with the name.';
