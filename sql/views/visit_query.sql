-- The columns of hourglass_read.visit.
CREATE OR REPLACE VIEW hourglass_query.visit WITH (security_barrier) AS
    SELECT site_id, visitor, day, start, ended, duration, pageviews, events, is_bounce,
           entry_page, exit_page, entry_host, exit_host, source, channel, referrer,
           utm_source, utm_medium, utm_campaign, utm_content, utm_term, country, region, city,
           browser, browser_version, os, os_version, device, screen, language
      FROM hourglass_read.visit
     WHERE site_id = (SELECT hourglass_query.current_site());
GRANT SELECT ON hourglass_query.visit TO hourglass_query, hourglass_read;
COMMENT ON VIEW hourglass_query.visit IS
    'One row: a visit, that is the hits of one visitor without a gap of more than 30 minutes. It is derived from the hits day by day: a condition on day spares the others, and one on start alone does not.';
COMMENT ON COLUMN hourglass_query.visit.site_id IS 'The site.';
COMMENT ON COLUMN hourglass_query.visit.visitor IS 'Who is counted, as in hit.';
COMMENT ON COLUMN hourglass_query.visit.day IS 'The date of the start, in UTC.';
COMMENT ON COLUMN hourglass_query.visit.start IS 'The time of the first hit.';
COMMENT ON COLUMN hourglass_query.visit.ended IS 'The time of the last hit.';
COMMENT ON COLUMN hourglass_query.visit.duration IS 'The time between these, an interval.';
COMMENT ON COLUMN hourglass_query.visit.pageviews IS 'The page views.';
COMMENT ON COLUMN hourglass_query.visit.events IS 'The page views and events.';
COMMENT ON COLUMN hourglass_query.visit.is_bounce IS 'True with one page view at most, and without an interactive event.';
COMMENT ON COLUMN hourglass_query.visit.entry_page IS 'The path of the first page view.';
COMMENT ON COLUMN hourglass_query.visit.exit_page IS 'The path of the last page view.';
COMMENT ON COLUMN hourglass_query.visit.entry_host IS 'The host of the first page view.';
COMMENT ON COLUMN hourglass_query.visit.exit_host IS 'The host of the last page view.';
COMMENT ON COLUMN hourglass_query.visit.source IS 'The source of the first hit, such as Google.';
COMMENT ON COLUMN hourglass_query.visit.channel IS 'The channel of the first hit.';
COMMENT ON COLUMN hourglass_query.visit.referrer IS 'The referrer of the first hit.';
COMMENT ON COLUMN hourglass_query.visit.utm_source IS 'utm_source of the first hit.';
COMMENT ON COLUMN hourglass_query.visit.utm_medium IS 'utm_medium of the first hit.';
COMMENT ON COLUMN hourglass_query.visit.utm_campaign IS 'utm_campaign of the first hit.';
COMMENT ON COLUMN hourglass_query.visit.utm_content IS 'utm_content of the first hit.';
COMMENT ON COLUMN hourglass_query.visit.utm_term IS 'utm_term of the first hit.';
COMMENT ON COLUMN hourglass_query.visit.country IS 'The country of the first hit.';
COMMENT ON COLUMN hourglass_query.visit.region IS 'The region of the first hit.';
COMMENT ON COLUMN hourglass_query.visit.city IS 'The city of the first hit.';
COMMENT ON COLUMN hourglass_query.visit.browser IS 'The browser of the first hit.';
COMMENT ON COLUMN hourglass_query.visit.browser_version IS 'Its version.';
COMMENT ON COLUMN hourglass_query.visit.os IS 'The operating system of the first hit.';
COMMENT ON COLUMN hourglass_query.visit.os_version IS 'Its version.';
COMMENT ON COLUMN hourglass_query.visit.device IS 'The kind of device of the first hit.';
COMMENT ON COLUMN hourglass_query.visit.screen IS 'The screen of the first hit.';
COMMENT ON COLUMN hourglass_query.visit.language IS 'The language of the first hit.';
