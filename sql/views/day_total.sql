-- One row: what reports without a filter count on a date of a site in a zone, whose hits have been dropped or are about
-- to be; durations are in milliseconds.
CREATE OR REPLACE VIEW hourglass_read.day_total AS
    SELECT site_id, zone, date, visitors, visits, pageviews, events, bounces, duration,
           visit_pageviews, visit_events, hits_without_visitor, has_dated_visitors
      FROM hourglass.day_total;
GRANT SELECT ON hourglass_read.day_total TO hourglass_read;
