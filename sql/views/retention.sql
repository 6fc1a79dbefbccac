CREATE OR REPLACE VIEW hourglass_read.retention AS
    SELECT kept_since FROM hourglass.retention;
GRANT SELECT ON hourglass_read.retention TO hourglass_read;
