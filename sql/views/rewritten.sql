CREATE OR REPLACE VIEW hourglass_read.rewritten AS
    SELECT xid FROM hourglass.rewritten;
GRANT SELECT ON hourglass_read.rewritten TO hourglass_read;
