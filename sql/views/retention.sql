-- The one row: the first moments whose events and whose hits are kept, and whose hits are taken.
CREATE OR REPLACE VIEW hourglass_read.retention AS
    SELECT kept_since, hits_since, hits_taken_since FROM hourglass.retention;
GRANT SELECT ON hourglass_read.retention TO hourglass_read;
