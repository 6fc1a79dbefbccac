-- A visitor who is known to be a user is that user, as in reports.
CREATE OR REPLACE VIEW hourglass_query.hit WITH (security_barrier) AS
    SELECT hit.ts, hit.site_id, coalesce(alias.user_visitor, hit.visitor) AS visitor,
           name.text AS name, host.text AS host, path.text AS path, title.text AS title,
           place.continent, place.country, place.region, place.subdivision_2, place.city,
           place.latitude, place.longitude, place.radius, place.zone,
           agent.browser, agent.browser_version, agent.os, agent.os_version, agent.device, agent.screen, agent.language,
           origin.source, origin.channel, origin.referrer,
           origin.utm_source, origin.utm_medium, origin.utm_campaign, origin.utm_content, origin.utm_term,
           hit.flags & 1 <> 0 AS interactive, hit.flags & 2 <> 0 AS bot,
           hit.scroll, hit.engaged, hit.value, hit.currency, hit.props
      FROM hourglass.hit
      JOIN hourglass.name ON name.id = hit.name_id
      LEFT JOIN hourglass.alias ON alias.site_id = hit.site_id AND alias.visitor = hit.visitor
      LEFT JOIN hourglass.host ON host.id = hit.host_id
      LEFT JOIN hourglass.path ON path.id = hit.path_id
      LEFT JOIN hourglass.title ON title.id = hit.title_id
      LEFT JOIN hourglass.place ON place.id = hit.place_id
      LEFT JOIN hourglass.agent ON agent.id = hit.agent_id
      LEFT JOIN hourglass.origin ON origin.id = hit.origin_id
     WHERE hit.site_id = (SELECT hourglass_query.current_site());
GRANT SELECT ON hourglass_query.hit TO hourglass_query, hourglass_read;
COMMENT ON VIEW hourglass_query.hit IS
    'One row: a page view, or an event with the details of a page or an app. Reports count those that are not of bots.';
COMMENT ON COLUMN hourglass_query.hit.ts IS 'The time, to the millisecond.';
COMMENT ON COLUMN hourglass_query.hit.site_id IS 'The site.';
COMMENT ON COLUMN hourglass_query.hit.visitor IS
    'Who is counted, a keyed hash; a visitor who is known to be a user is that user. NULL for nobody''s.';
COMMENT ON COLUMN hourglass_query.hit.name IS
    'The name of the event: pageview, engagement (of a view, which reports do not count as an event), or any other.';
COMMENT ON COLUMN hourglass_query.hit.host IS 'The host of the page.';
COMMENT ON COLUMN hourglass_query.hit.path IS 'The path of the page.';
COMMENT ON COLUMN hourglass_query.hit.title IS 'The title of the page.';
COMMENT ON COLUMN hourglass_query.hit.continent IS 'The continent, such as EU.';
COMMENT ON COLUMN hourglass_query.hit.country IS 'The country (ISO 3166-1), such as DE.';
COMMENT ON COLUMN hourglass_query.hit.region IS 'The region.';
COMMENT ON COLUMN hourglass_query.hit.subdivision_2 IS 'The district within the region.';
COMMENT ON COLUMN hourglass_query.hit.city IS 'The city.';
COMMENT ON COLUMN hourglass_query.hit.latitude IS 'The latitude of the place, in degrees.';
COMMENT ON COLUMN hourglass_query.hit.longitude IS 'The longitude of the place, in degrees.';
COMMENT ON COLUMN hourglass_query.hit.radius IS 'The radius around the place, in kilometres.';
COMMENT ON COLUMN hourglass_query.hit.zone IS 'The time zone of the place.';
COMMENT ON COLUMN hourglass_query.hit.browser IS 'The browser.';
COMMENT ON COLUMN hourglass_query.hit.browser_version IS 'Its version.';
COMMENT ON COLUMN hourglass_query.hit.os IS 'The operating system.';
COMMENT ON COLUMN hourglass_query.hit.os_version IS 'Its version.';
COMMENT ON COLUMN hourglass_query.hit.device IS 'The kind of device.';
COMMENT ON COLUMN hourglass_query.hit.screen IS 'The width and height of the screen.';
COMMENT ON COLUMN hourglass_query.hit.language IS 'The language of the browser.';
COMMENT ON COLUMN hourglass_query.hit.source IS 'The source, such as Google.';
COMMENT ON COLUMN hourglass_query.hit.channel IS 'The channel, such as Organic Search.';
COMMENT ON COLUMN hourglass_query.hit.referrer IS 'The page before, on another host.';
COMMENT ON COLUMN hourglass_query.hit.utm_source IS 'utm_source in the address of the page.';
COMMENT ON COLUMN hourglass_query.hit.utm_medium IS 'utm_medium in the address of the page.';
COMMENT ON COLUMN hourglass_query.hit.utm_campaign IS 'utm_campaign in the address of the page.';
COMMENT ON COLUMN hourglass_query.hit.utm_content IS 'utm_content in the address of the page.';
COMMENT ON COLUMN hourglass_query.hit.utm_term IS 'utm_term in the address of the page.';
COMMENT ON COLUMN hourglass_query.hit.interactive IS 'True for an event after which a visit is no bounce.';
COMMENT ON COLUMN hourglass_query.hit.bot IS 'True for a hit of a machine, which reports leave out.';
COMMENT ON COLUMN hourglass_query.hit.scroll IS 'The greatest depth of a view, in percent; of engagement alone.';
COMMENT ON COLUMN hourglass_query.hit.engaged IS 'The visible time, in milliseconds; of engagement alone.';
COMMENT ON COLUMN hourglass_query.hit.value IS 'The amount of the event.';
COMMENT ON COLUMN hourglass_query.hit.currency IS 'The currency of the amount (ISO 4217).';
COMMENT ON COLUMN hourglass_query.hit.props IS 'The properties of the event.';
