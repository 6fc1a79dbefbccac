-- One row: a site that loses hits to retention. The dates before `until` are answered from totals: those from `since` on
-- are in day_total, as dates of the zone; nothing is known of those before.
CREATE OR REPLACE VIEW hourglass_read.total_span AS
    SELECT site_id, zone, since, until FROM hourglass.total_span;
GRANT SELECT ON hourglass_read.total_span TO hourglass_read;
