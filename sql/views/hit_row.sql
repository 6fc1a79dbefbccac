-- One row: a hit of a person or an app. Reports are built from these rows.
CREATE OR REPLACE VIEW hourglass_read.hit_row AS
    SELECT ts, site_id, visitor, is_dated, interactive, name_id, host_id, path_id, title_id, place_id, agent_id, origin_id,
           scroll, engaged, props, value, currency
      FROM hourglass_read.any_hit_row
     WHERE NOT is_bot;
GRANT SELECT ON hourglass_read.hit_row TO hourglass_read;
