-- One row: a page view, or an event with the details of a page or an app. A value for which its dictionary had no room
-- is `(other)`.
CREATE OR REPLACE VIEW hourglass_read.hit AS
    SELECT hit.ts, hit.site_id, hit.visitor,
           name.text AS name, host.text AS host, path.text AS path, title.text AS title,
           place.country, place.region, place.city, place.continent, place.subdivision_2,
           place.latitude, place.longitude, place.radius, place.zone,
           agent.browser, agent.browser_version, agent.os, agent.os_version, agent.device, agent.screen, agent.language,
           origin.source, origin.channel, origin.referrer,
           origin.utm_source, origin.utm_medium, origin.utm_campaign, origin.utm_content, origin.utm_term,
           (hit.flags & ~32)::smallint AS flags, hit.flags & 1 <> 0 AS interactive, hit.flags & 2 <> 0 AS bot,
           hit.scroll, hit.engaged, hit.value, hit.currency, hit.props
      FROM hourglass.hit
      JOIN hourglass.name ON name.id = hit.name_id
      LEFT JOIN hourglass.host ON host.id = hit.host_id
      LEFT JOIN hourglass.path ON path.id = hit.path_id
      LEFT JOIN hourglass.title ON title.id = hit.title_id
      LEFT JOIN hourglass.place ON place.id = hit.place_id
      LEFT JOIN hourglass.agent ON agent.id = hit.agent_id
      LEFT JOIN hourglass.origin ON origin.id = hit.origin_id;
GRANT SELECT ON hourglass_read.hit TO hourglass_read;
