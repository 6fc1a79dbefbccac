-- One row: a visit, that is the hits of one visitor on one site that follow each other without a gap of more than 30
-- minutes. Analytics/Visits derives the same visits in a server, and has to be changed with this.
--
-- Hits of machines and hits without a visitor are left out; a visitor who is known to be a user is that user. A visit
-- ends before a hit in three cases:
--   more than 30 minutes lie between the hit and the one before;
--   midnight in the zone of the site lies between them, and the visitor is one of a date (and not known to be a user);
--   midnight UTC lies between them, and there was no gap of more than 30 minutes since the midnight before: the hits
--   have followed each other since then or longer. So a visit is shorter than 48 hours.
-- `engagement` fills gaps like any hit, and is nothing else. The attributes are those of the first hit; hits of the
-- same millisecond are ordered by their contents.
--
-- The visits that start on a day follow from its hits, those of the day after, and those of 24 1/2 hours before. Each
-- day is derived by itself, so that a condition on `day`, the date of the start in UTC, spares the reading of the
-- others; the function `visits` sets it for a range of `start`.
CREATE OR REPLACE VIEW hourglass_read.visit AS
    SELECT site.id AS site_id, visit.visitor, day.begin::date AS day,
           visit.start, visit.ended, visit.ended - visit.start AS duration,
           visit.pageviews, visit.events, visit.is_bounce,
           visit.entry_page, visit.exit_page, visit.entry_host, visit.exit_host,
           visit.source, visit.channel, visit.referrer,
           visit.utm_source, visit.utm_medium, visit.utm_campaign, visit.utm_content, visit.utm_term,
           visit.country, visit.region, visit.city,
           visit.browser, visit.browser_version, visit.os, visit.os_version, visit.device, visit.screen, visit.language,
           visit.is_dated
      FROM hourglass.site
     CROSS JOIN LATERAL (
        SELECT min(ts) AT TIME ZONE 'UTC' AS first, max(ts) AT TIME ZONE 'UTC' AS last
          FROM hourglass.hit WHERE site_id = site.id
      ) AS held
     CROSS JOIN LATERAL generate_series(date_trunc('day', held.first), held.last, INTERVAL '1 day') AS day (begin)
     CROSS JOIN LATERAL (
        WITH counted AS (
            SELECT hit.ts, coalesce(alias.user_visitor, hit.visitor) AS visitor,
                   hit.flags & 8 <> 0 AND alias.visitor IS NULL AS is_dated,
                   CASE name.text
                       WHEN 'pageview' THEN 0 WHEN 'impression' THEN 2 WHEN 'engagement' THEN 3 ELSE 1
                   END AS kind,
                   hit.flags & 1 <> 0 AS interactive,
                   name.text AS name, hit.host_id, hit.path_id, hit.place_id, hit.agent_id, hit.origin_id
              FROM hourglass.hit
              JOIN hourglass.name ON name.id = hit.name_id
              LEFT JOIN hourglass.alias ON alias.site_id = hit.site_id AND alias.visitor = hit.visitor
             WHERE hit.site_id = site.id AND hit.visitor IS NOT NULL AND hit.flags & 2 = 0
               AND hit.ts > (day.begin - INTERVAL '24 hours 30 minutes') AT TIME ZONE 'UTC'
               AND hit.ts < (day.begin + INTERVAL '48 hours') AT TIME ZONE 'UTC'
        ), followed AS (
            -- No gap is between hits of the same time, so their order does not matter yet.
            SELECT *, lag(ts) OVER (PARTITION BY visitor ORDER BY ts, is_dated) AS before FROM counted
        ), connected AS (
            -- since: the first hit of those that follow each other without a gap
            SELECT *, max(ts) FILTER (WHERE (ts - before <= INTERVAL '30 minutes') IS NOT TRUE)
                   OVER (PARTITION BY visitor ORDER BY ts, is_dated) AS since
              FROM followed
        ), cut AS (
            -- piece: the first hit of those that nothing separates
            SELECT *, max(ts) FILTER (
                WHERE (ts - before <= INTERVAL '30 minutes') IS NOT TRUE
                   OR is_dated AND before < date_trunc('day', ts, site.zone) AND date_trunc('day', ts, site.zone) <= ts
                   OR before < date_trunc('day', ts, 'UTC')
                   AND since <= date_trunc('day', ts, 'UTC') - INTERVAL '24 hours'
                ) OVER (PARTITION BY visitor ORDER BY ts, is_dated) AS piece
              FROM connected
        ), begun AS (
            SELECT *, min(ts) FILTER (WHERE kind < 3) OVER (PARTITION BY visitor, piece) AS start FROM cut
        ), numbered AS (
            SELECT begun.*, host.text AS host, path.text AS path,
                   origin.source, origin.channel, origin.referrer,
                   origin.utm_source, origin.utm_medium, origin.utm_campaign, origin.utm_content, origin.utm_term,
                   place.country, place.region, place.city,
                   agent.browser, agent.browser_version, agent.os, agent.os_version,
                   agent.device, agent.screen, agent.language,
                   row_number() OVER (
                    PARTITION BY visitor, piece
                    ORDER BY ts, is_dated, kind, interactive, name, path.text, host.text,
                             source, channel, referrer, utm_source, utm_medium, utm_campaign, utm_content, utm_term,
                             country, region, city, browser, browser_version, os, os_version, device, screen, language
                   ) AS number
              FROM begun
              LEFT JOIN hourglass.host ON host.id = host_id
              LEFT JOIN hourglass.path ON path.id = path_id
              LEFT JOIN hourglass.origin ON origin.id = origin_id
              LEFT JOIN hourglass.place ON place.id = place_id
              LEFT JOIN hourglass.agent ON agent.id = agent_id
             WHERE kind < 3
               AND start >= day.begin AT TIME ZONE 'UTC'
               AND start < (day.begin + INTERVAL '24 hours') AT TIME ZONE 'UTC'
        ), viewed AS (
            SELECT *, min(number) FILTER (WHERE kind = 0) OVER same AS entry,
                   max(number) FILTER (WHERE kind = 0) OVER same AS exit
              FROM numbered
            WINDOW same AS (PARTITION BY visitor, piece)
        )
        SELECT visitor, start, max(ts) AS ended,
               count(*) FILTER (WHERE kind = 0) AS pageviews,
               count(*) FILTER (WHERE kind < 2) AS events,
               count(*) FILTER (WHERE kind = 0) < 2
                   AND count(*) FILTER (WHERE kind = 1 AND interactive) = 0 AS is_bounce,
               max(path) FILTER (WHERE number = entry) AS entry_page,
               max(path) FILTER (WHERE number = exit) AS exit_page,
               max(host) FILTER (WHERE number = entry) AS entry_host,
               max(host) FILTER (WHERE number = exit) AS exit_host,
               max(source) FILTER (WHERE number = 1) AS source,
               max(channel) FILTER (WHERE number = 1) AS channel,
               max(referrer) FILTER (WHERE number = 1) AS referrer,
               max(utm_source) FILTER (WHERE number = 1) AS utm_source,
               max(utm_medium) FILTER (WHERE number = 1) AS utm_medium,
               max(utm_campaign) FILTER (WHERE number = 1) AS utm_campaign,
               max(utm_content) FILTER (WHERE number = 1) AS utm_content,
               max(utm_term) FILTER (WHERE number = 1) AS utm_term,
               max(country) FILTER (WHERE number = 1) AS country,
               max(region) FILTER (WHERE number = 1) AS region,
               max(city) FILTER (WHERE number = 1) AS city,
               max(browser) FILTER (WHERE number = 1) AS browser,
               max(browser_version) FILTER (WHERE number = 1) AS browser_version,
               max(os) FILTER (WHERE number = 1) AS os,
               max(os_version) FILTER (WHERE number = 1) AS os_version,
               max(device) FILTER (WHERE number = 1) AS device,
               max(screen) FILTER (WHERE number = 1) AS screen,
               max(language) FILTER (WHERE number = 1) AS language,
               bool_and(is_dated) FILTER (WHERE number = 1) AS is_dated
          FROM viewed
         GROUP BY visitor, piece, start
      ) AS visit;
GRANT SELECT ON hourglass_read.visit TO hourglass_read;
