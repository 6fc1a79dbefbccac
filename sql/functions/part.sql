-- Parts: what servers keep of the hits of a day, so that others need not read the rows (table part).

-- Keeps a part, unless a newer one is kept.
CREATE OR REPLACE FUNCTION keep_part(site integer, day date, covers text, zone text, hits integer, data bytea) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    INSERT INTO part AS kept (site_id, day, covers, zone, system, hits, data)
    SELECT site, keep_part.day, keep_part.covers::pg_snapshot, keep_part.zone, system_identifier, keep_part.hits, keep_part.data
      FROM pg_control_system()
     WHERE EXISTS (SELECT FROM site AS own WHERE own.id = site AND own.removed_at IS NULL)
        ON CONFLICT ON CONSTRAINT part_pkey DO UPDATE
       SET covers = excluded.covers, zone = excluded.zone, system = excluded.system, hits = excluded.hits,
           data = excluded.data, kept_at = now()
     WHERE kept.system <> excluded.system OR kept.zone <> excluded.zone
        OR pg_snapshot_xmax(kept.covers) <= pg_snapshot_xmax(excluded.covers)
$$;
REVOKE EXECUTE ON FUNCTION keep_part(integer, date, text, text, integer, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION keep_part(integer, date, text, text, integer, bytea) TO hourglass_ingest;

-- Deletes the notes about changed hits that every server has had time to read since their transaction ended, and before
-- them the parts that lack these hits; deletes the parts of days whose hits are not kept. The time of a note would not
-- do: a COMMIT may wait for a standby for as long as it likes.
CREATE OR REPLACE FUNCTION prune_parts() RETURNS void
    LANGUAGE plpgsql SET timezone = 'UTC' AS $$
DECLARE
    ended xid8 := (
        SELECT xid FROM touched_border WHERE at < now() - INTERVAL '15 minutes' ORDER BY at DESC LIMIT 1
    );
BEGIN
    INSERT INTO touched_border (at, xid) VALUES (now(), pg_snapshot_xmin(pg_current_snapshot()));
    IF ended IS NOT NULL THEN
        DELETE FROM part
         USING touched_time AS touched
         WHERE touched.xid < ended
           AND part.site_id = touched.site_id
           AND part.day BETWEEN touched.first::date AND touched.last::date
           AND NOT pg_visible_in_snapshot(touched.xid, part.covers);
        DELETE FROM touched_time WHERE xid < ended;
    END IF;
    DELETE FROM touched_border WHERE at < now() - INTERVAL '20 minutes';
    DELETE FROM part WHERE day < (SELECT kept_since FROM retention)::date;
END
$$;
