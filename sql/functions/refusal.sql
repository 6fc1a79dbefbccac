-- Adds refused hits to the counts of their hours, and keeps the last hundred of each site.
--   counts   a JSON array of {site, hour, reason, count}, hours as seconds since 1970
--   hits     a JSON array of {site, at, reason, hit}, times as milliseconds since 1970
CREATE OR REPLACE FUNCTION note_refusals(counts json, hits json) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    INSERT INTO refusal AS known (site_id, hour, reason, count)
    SELECT new.site, to_timestamp(new.hour), new.reason, sum(new.count)
      FROM json_to_recordset(counts) AS new (site integer, hour bigint, reason text, count bigint)
     GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        ON CONFLICT (site_id, hour, reason) DO UPDATE SET count = known.count + excluded.count;
    INSERT INTO refused_hit (site_id, at, reason, hit)
    SELECT new.site, to_timestamp(new.at / 1000.0), new.reason, new.hit
      FROM json_to_recordset(hits) AS new (site integer, at bigint, reason text, hit jsonb);
    DELETE FROM refused_hit AS old
     USING (
        SELECT DISTINCT new.site FROM json_to_recordset(hits) AS new (site integer)
     ) AS own
     WHERE old.site_id = own.site
       AND old.id <= (
        SELECT kept.id FROM refused_hit AS kept WHERE kept.site_id = own.site ORDER BY kept.id DESC OFFSET 100 LIMIT 1
       );
$$;
REVOKE EXECUTE ON FUNCTION note_refusals(json, json) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION note_refusals(json, json) TO hourglass_ingest;

-- Deletes refused hits after a day, and their counts after ninety.
CREATE OR REPLACE FUNCTION prune_refusals() RETURNS void
    LANGUAGE sql AS $$
    DELETE FROM refused_hit WHERE at < now() - INTERVAL '24 hours';
    DELETE FROM refusal WHERE hour < now() - INTERVAL '90 days';
$$;
