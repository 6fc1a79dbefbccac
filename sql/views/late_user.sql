CREATE OR REPLACE VIEW hourglass_read.late_user AS
    SELECT site_id, hour, user_id, first_seen, last_seen, known_first, known_last FROM hourglass.late_user;
GRANT SELECT ON hourglass_read.late_user TO hourglass_read;
