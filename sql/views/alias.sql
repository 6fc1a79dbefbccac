CREATE OR REPLACE VIEW hourglass_read.alias AS
    SELECT site_id, visitor, user_visitor, xid, added_at FROM hourglass.alias;
GRANT SELECT ON hourglass_read.alias TO hourglass_read;
