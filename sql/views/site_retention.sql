-- One row: a site that keeps its hits and events for a shorter time than the server: the first moments whose hits are kept,
-- and are taken, and whose events are kept.
CREATE OR REPLACE VIEW hourglass_read.site_retention AS
    SELECT site_id, hits_since, taken_since, events_since FROM hourglass.site_retention;
GRANT SELECT ON hourglass_read.site_retention TO hourglass_read;
