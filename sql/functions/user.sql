-- The hits that a site got with the name of a user, the latest first: each with its time in milliseconds since 1970, and as
-- a JSON object. Hits of the same time are in an order by their contents.
--   own       the visitor of the user
--   before    the time of the first hit, in milliseconds since 1970; NULL for the latest
--   skipped   the number of hits of that time to leave out
CREATE OR REPLACE FUNCTION user_hits(site integer, own bigint, before bigint, skipped integer, most integer)
    RETURNS TABLE (at bigint, contents text)
    LANGUAGE sql STABLE AS $$
    WITH person AS MATERIALIZED (
        -- All hits with the name lie between these.
        SELECT first_seen AS since, least(last_seen, to_timestamp(before / 1000.0)) AS until
          FROM hourglass_read.person WHERE site_id = site AND visitor = own
    ), last AS MATERIALIZED (
        -- The first one of those that are wanted, found by the index.
        SELECT hit.ts
          FROM person, hourglass_read.hit
         WHERE hit.site_id = site AND hit.visitor = own AND hit.flags & 4 <> 0
           AND hit.ts >= person.since AND hit.ts <= person.until
         ORDER BY hit.ts DESC
        OFFSET skipped + most - 1 LIMIT 1
    )
    SELECT (extract(epoch FROM hit.ts) * 1000)::bigint, hit.contents
      FROM (
        SELECT own_hit.ts, rtrim(json_strip_nulls(json_build_object(
                'time', to_char(own_hit.ts AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                'name', own_hit.name, 'host', own_hit.host, 'path', own_hit.path, 'title', own_hit.title,
                'interactive', own_hit.interactive, 'bot', own_hit.bot,
                'scroll', own_hit.scroll, 'engaged', own_hit.engaged,
                'value', own_hit.value, 'currency', own_hit.currency,
                'country', own_hit.country, 'region', own_hit.region, 'city', own_hit.city,
                'browser', own_hit.browser, 'browser_version', own_hit.browser_version,
                'os', own_hit.os, 'os_version', own_hit.os_version, 'device', own_hit.device,
                'screen', own_hit.screen, 'language', own_hit.language,
                'source', own_hit.source, 'channel', own_hit.channel, 'referrer', own_hit.referrer,
                'utm_source', own_hit.utm_source, 'utm_medium', own_hit.utm_medium,
                'utm_campaign', own_hit.utm_campaign, 'utm_content', own_hit.utm_content, 'utm_term', own_hit.utm_term
               ))::text, '}') || coalesce(',"props":' || own_hit.props::text, '') || '}' AS contents
          FROM person, hourglass_read.hit AS own_hit
         WHERE own_hit.site_id = site AND own_hit.visitor = own AND own_hit.flags & 4 <> 0
           AND own_hit.ts >= coalesce((SELECT ts FROM last), person.since) AND own_hit.ts <= person.until
      ) AS hit
     ORDER BY hit.ts DESC, hit.contents COLLATE "C"
    OFFSET skipped LIMIT most
$$;
