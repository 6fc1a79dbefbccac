-- One row: a hit with the ids of its texts, and with the visitor it counts for: a visitor who is known to be a user is
-- that user.
CREATE OR REPLACE VIEW hourglass_read.any_hit_row AS
    SELECT hit.ts, hit.site_id, coalesce(alias.user_visitor, hit.visitor) AS visitor,
           (hit.flags & 8 <> 0 AND alias.visitor IS NULL) AS is_dated, hit.flags & 1 <> 0 AS interactive,
           hit.name_id, hit.host_id, hit.path_id, hit.title_id, hit.place_id, hit.agent_id, hit.origin_id,
           hit.scroll, hit.engaged, hit.props, hit.value, hit.currency, hit.flags & 2 <> 0 AS is_bot
      FROM hourglass.hit
      LEFT JOIN hourglass.alias ON alias.site_id = hit.site_id AND alias.visitor = hit.visitor;
GRANT SELECT ON hourglass_read.any_hit_row TO hourglass_read;
