-- One row: a site whose hits are kept for a shorter time than those of the server: the first moments whose hits are kept,
-- and are taken.
CREATE OR REPLACE VIEW hourglass_read.site_retention AS
    SELECT site_id, hits_since, taken_since FROM hourglass.site_retention;
GRANT SELECT ON hourglass_read.site_retention TO hourglass_read;
