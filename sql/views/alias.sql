CREATE OR REPLACE VIEW hourglass_read.alias AS
    SELECT site_id, visitor, user_visitor, xid FROM hourglass.alias;
GRANT SELECT ON hourglass_read.alias TO hourglass_read;
