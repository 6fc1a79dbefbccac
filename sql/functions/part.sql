-- Parts: what servers keep of the hits of a day, so that others need not read the rows (table part).

-- Keeps a part, unless a newer one is kept, or notes about hits that it may lack have been deleted.
CREATE OR REPLACE FUNCTION keep_part(site integer, day date, covers text, zone text, hits integer, data bytea) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    INSERT INTO part AS kept (site_id, day, covers, zone, system, hits, data)
    SELECT site, keep_part.day, keep_part.covers::pg_snapshot, keep_part.zone, system_identifier, keep_part.hits, keep_part.data
      FROM pg_control_system()
     WHERE EXISTS (SELECT FROM site AS own WHERE own.id = site AND own.removed_at IS NULL)
       -- The last border of deleted notes is one of a quarter of an hour ago, or no later than those that are left.
       AND pg_snapshot_xmin(keep_part.covers::pg_snapshot) >= coalesce(
        (SELECT xid FROM touched_border WHERE at < now() - INTERVAL '15 minutes' ORDER BY xid DESC LIMIT 1),
        (SELECT xid FROM touched_border ORDER BY xid LIMIT 1),
        '0'
       )
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
    DELETE FROM part WHERE day < (SELECT hits_since FROM retention)::date;
END
$$;

-- The days before today that have hits of a site and no part, the latest first.
--
-- Each look finds the last day with hits before another one; stored days that follow each other are passed over at once.
CREATE OR REPLACE FUNCTION missing_parts_of(site integer, most integer) RETURNS SETOF date
    LANGUAGE plpgsql STABLE SET timezone = 'UTC' SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    own_zone   text := (SELECT zone FROM site AS own WHERE own.id = site);
    own_system bigint := (SELECT system_identifier FROM pg_control_system());
    kept       timestamptz := (SELECT hits_since FROM retention);
    border     date := current_date;
    latest     timestamptz;
    stored     date;
    number     integer := 0;
BEGIN
    WHILE number < most LOOP
        latest := (
            SELECT ts FROM hit
             WHERE hit.site_id = site AND ts >= kept AND ts < border::timestamptz AND flags & 2 = 0
             ORDER BY ts DESC LIMIT 1
        );
        EXIT WHEN latest IS NULL;
        border := latest::date;
        stored := (
            SELECT min(day)
              FROM (
                SELECT day, row_number() OVER (ORDER BY day DESC) AS place
                  FROM part
                 WHERE part.site_id = site AND day <= border AND zone = own_zone AND system = own_system
              ) AS known
             WHERE day + place::integer = border + 1
        );
        IF stored IS NULL THEN
            number := number + 1;
            RETURN NEXT border;
        ELSE
            border := stored;
        END IF;
    END LOOP;
END
$$;

-- The days before today that have hits and no part, of all sites, the latest first.
CREATE OR REPLACE FUNCTION missing_parts(most integer) RETURNS TABLE (site_id integer, day date)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    SELECT own.id, missing.day
      FROM site AS own, missing_parts_of(own.id, most) AS missing (day)
     WHERE own.removed_at IS NULL
     ORDER BY missing.day DESC, own.id
     LIMIT most
$$;
REVOKE EXECUTE ON FUNCTION missing_parts(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION missing_parts(integer) TO hourglass_maintain;

-- Compares the hits of parts with the rows until some time has passed: of the parts that have not been compared for a day,
-- those that have waited the longest. One that differs is deleted and returned, and its day noted as changed, so that
-- servers that have it in memory read the rows.
--
-- A part is left out if a change of its day is noted that it lacks.
CREATE OR REPLACE FUNCTION check_parts(work interval)
    RETURNS TABLE (site_id integer, day date, hits integer, rows bigint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = hourglass, pg_temp SET timezone = 'UTC' SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    started    timestamptz := clock_timestamp();
    own_system bigint := (SELECT system_identifier FROM pg_control_system());
    own        record;
    known      record;
BEGIN
    WHILE clock_timestamp() < started + work LOOP
        SELECT part.site_id, part.day INTO own
          FROM part WHERE checked_at < now() - INTERVAL '1 day' ORDER BY checked_at LIMIT 1;
        EXIT WHEN NOT FOUND;
        -- One statement, which sees the part, the notes and the rows as of one moment.
        SELECT part.hits, part.covers::text AS covers, (
            SELECT count(*) FROM hit
             WHERE hit.site_id = own.site_id AND ts >= own.day::timestamptz AND ts < (own.day + 1)::timestamptz
               AND flags & 2 = 0
        ) AS rows INTO known
          FROM part
         WHERE part.site_id = own.site_id AND part.day = own.day AND system = own_system
           AND NOT EXISTS (
            SELECT FROM touched_time AS touched
             WHERE touched.site_id = own.site_id
               AND touched.first < (own.day + 1)::timestamptz AND touched.last >= own.day::timestamptz
               AND NOT pg_visible_in_snapshot(touched.xid, part.covers)
        );
        IF FOUND AND known.hits <> known.rows THEN
            DELETE FROM part
             WHERE part.site_id = own.site_id AND part.day = own.day AND part.covers::text = known.covers;
            INSERT INTO touched_time (site_id, first, last)
            VALUES (own.site_id, own.day::timestamptz, (own.day + 1)::timestamptz - INTERVAL '1 ms');
            site_id := own.site_id;
            day := own.day;
            hits := known.hits;
            rows := known.rows;
            RETURN NEXT;
        ELSE
            UPDATE part SET checked_at = now() WHERE part.site_id = own.site_id AND part.day = own.day;
        END IF;
    END LOOP;
END
$$;
REVOKE EXECUTE ON FUNCTION check_parts(interval) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION check_parts(interval) TO hourglass_maintain;

-- Notes the number of days that have hits and no part.
CREATE OR REPLACE FUNCTION note_part_gap(days integer) RETURNS void
    LANGUAGE sql AS $$
    INSERT INTO part_gap (days) VALUES (note_part_gap.days)
        ON CONFLICT (one) DO UPDATE SET days = excluded.days
$$;
