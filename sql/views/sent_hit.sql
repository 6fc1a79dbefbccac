-- One row: a hit as it was sent, with the ids of its texts, and with the visitor who was computed for it. Lists are read
-- from these rows.
CREATE OR REPLACE VIEW hourglass_read.sent_hit AS
    SELECT ts, site_id, visitor, flags, name_id, host_id, path_id, title_id, place_id, agent_id, origin_id,
           scroll, engaged, value, currency, props
      FROM hourglass.hit;
GRANT SELECT ON hourglass_read.sent_hit TO hourglass_read;
