CREATE OR REPLACE VIEW hourglass_read.person AS
    SELECT site_id, visitor, user_id, traits, first_seen, last_seen FROM hourglass.person;
GRANT SELECT ON hourglass_read.person TO hourglass_read;
