-- The sizes of all sites by the parts of their days, which are there for all days but some of the last ones:
--   hits         stored hits, those of machines too
--   recent       those of the 28 days before today
--   recent_days  of these days, those since the first hit
--   bytes        of the table of hits and its indexes, divided by the numbers of hits
CREATE OR REPLACE FUNCTION site_sizes()
    RETURNS TABLE (site integer, first date, hits bigint, recent bigint, recent_days integer, bytes bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = hourglass, pg_temp SET timezone = 'UTC' AS $$
    WITH counted AS (
        SELECT part.site_id, min(part.day) AS first, sum(part.hits)::bigint AS hits,
               coalesce(sum(part.hits) FILTER (WHERE part.day >= current_date - 28 AND part.day < current_date), 0)::bigint
                   AS recent
          FROM part JOIN site ON site.id = part.site_id AND site.removed_at IS NULL
         WHERE part.hits > 0
         GROUP BY part.site_id
    ), stored AS MATERIALIZED (
        SELECT hit_bytes() / greatest(1, (SELECT sum(counted.hits) FROM counted)) AS bytes
    )
    SELECT counted.site_id, counted.first, counted.hits, counted.recent,
           greatest(1, least(28, current_date - counted.first)), round(counted.hits * stored.bytes)::bigint
      FROM counted, stored
     ORDER BY counted.hits DESC, counted.site_id
$$;
REVOKE EXECUTE ON FUNCTION site_sizes() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION site_sizes() TO hourglass_registry;
