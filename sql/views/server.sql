CREATE OR REPLACE VIEW hourglass_read.server AS
    SELECT id FROM hourglass.server;
GRANT SELECT ON hourglass_read.server TO hourglass_read;
