-- One row: a source of visits, by its id.
CREATE OR REPLACE VIEW hourglass_read.origin AS
    SELECT id, source, channel, referrer, utm_source, utm_medium, utm_campaign, utm_content, utm_term
      FROM hourglass.origin;
GRANT SELECT ON hourglass_read.origin TO hourglass_read;
