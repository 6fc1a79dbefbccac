-- A forgotten user: what is known about them is deleted at once, their events and hits by a job.

-- The user of the events of a visitor without a name.
CREATE OR REPLACE FUNCTION visitor_name(visitor bigint) RETURNS text
    LANGUAGE sql IMMUTABLE AS $$
    SELECT chr(1) || lpad(to_hex(visitor), 16, '0')
$$;

-- The digest under which a site remembers that it has forgotten a name.
CREATE OR REPLACE FUNCTION forgotten_digest(secret bytea, name text) RETURNS uuid
    LANGUAGE sql STABLE AS $$
    SELECT encode(substring(sha256(secret || convert_to(name, 'UTF8')) FOR 16), 'hex')::uuid
$$;

-- Forgets a user of a site: deletes the profile, the aliases, and the events and hits of the future, and adds the job that
-- deletes the others. Waits for the batches under way, so that each is either seen by the job or sees the forgetting.
--   named     the name of the user
--   own       the visitor that is computed from it
--   created   the time of the job, in milliseconds since 1970
CREATE OR REPLACE FUNCTION forget_user(site integer, named text, own bigint, OUT id bigint, OUT created bigint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
    moment timestamptz;
    wanted forgetting;
BEGIN
    LOCK TABLE border_lock IN EXCLUSIVE MODE;
    moment := clock_timestamp();
    wanted.site_id := site;
    wanted.user_id := named;
    wanted.at := moment;
    wanted.next := moment;
    wanted.is_active := true;
    -- Jobs that have not ended know aliases that are gone.
    wanted.visitors := ARRAY(
        SELECT own
         UNION SELECT known.visitor FROM alias AS known WHERE known.site_id = site AND known.user_visitor = own
         UNION SELECT unnest(earlier.visitors) FROM forgetting AS earlier
                WHERE earlier.site_id = site AND earlier.user_id = named
    );
    wanted.names := named || ARRAY(SELECT visitor_name(one) FROM unnest(wanted.visitors) AS one);
    DELETE FROM forgetting AS earlier
     WHERE earlier.site_id = site AND earlier.user_id = named AND NOT earlier.is_active;
    INSERT INTO job AS added (kind, site_id) VALUES ('forget user', site)
    RETURNING added.id, (extract(epoch FROM added.created_at) * 1000)::bigint INTO id, created;
    wanted.job_id := id;
    INSERT INTO forgetting SELECT wanted.*;
    INSERT INTO forgotten (site_id, digest, at, job_id)
    SELECT site, forgotten_digest(known.secret, name), moment, wanted.job_id
      FROM site_secret AS known, unnest(wanted.names) AS name
     WHERE known.site_id = site
        ON CONFLICT (site_id, digest) DO UPDATE SET at = excluded.at, job_id = excluded.job_id;
    DELETE FROM alias AS known WHERE known.site_id = site AND known.user_visitor = own;
    DELETE FROM person AS known WHERE known.site_id = site AND known.visitor = own;
    DELETE FROM kept_event AS kept WHERE kept.site_id = site AND kept.user_id = ANY (wanted.names);
    DELETE FROM kept_hit AS kept WHERE kept.site_id = site AND kept.visitor = ANY (wanted.visitors);
    PERFORM forget_range(wanted, moment, 'infinity');
END
$$;
REVOKE EXECUTE ON FUNCTION forget_user(integer, text, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_user(integer, text, bigint) TO hourglass_ingest;

-- Compares the rows of a batch with the users that have been forgotten.
--   sites   with names: the users, by the names that they have in events
-- Returns a row for each that is forgotten, by its place, counted from 1: when, in milliseconds since 1970, rounded up,
-- and if the job is still to be done. The last forgetting that was compared is in every row; there is always one.
CREATE OR REPLACE FUNCTION compare_forgotten(sites integer[], names text[])
    RETURNS TABLE (last bigint, place bigint, at bigint, is_pending boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    SELECT known.last, found.place, ceil(extract(epoch FROM found.at) * 1000)::bigint, found.is_pending
      FROM (
        SELECT coalesce(max(job_id), 0) AS last FROM forgotten
      ) AS known
      LEFT JOIN (
        SELECT wanted.place, own.at,
               EXISTS (SELECT FROM forgetting AS f WHERE f.job_id = own.job_id AND f.is_active) AS is_pending
          FROM unnest(sites, names) WITH ORDINALITY AS wanted (site, name, place)
          JOIN site_secret AS own_secret ON own_secret.site_id = wanted.site
          JOIN forgotten AS own
            ON own.site_id = wanted.site AND own.digest = forgotten_digest(own_secret.secret, wanted.name)
      ) AS found ON true
$$;
REVOKE EXECUTE ON FUNCTION compare_forgotten(integer[], text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION compare_forgotten(integer[], text[]) TO hourglass_ingest;

-- Fails with HG003 when a batch has to be compared with users that its sites have forgotten: those whose jobs are not
-- done, and for a batch that was accepted earlier those forgotten since.
--   accepted   when the first of its rows was accepted, in milliseconds since 1970; NULL for now
--   compared   the last forgetting that it has been compared with
CREATE OR REPLACE FUNCTION check_forgotten(sites integer[], accepted bigint, compared bigint) RETURNS void
    LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM forgetting WHERE job_id > compared AND is_active AND site_id = ANY (sites)
    ) OR accepted IS NOT NULL AND EXISTS (
        SELECT FROM forgotten WHERE at > to_timestamp(accepted / 1000.0) AND job_id > compared AND site_id = ANY (sites)
    ) THEN
        RAISE EXCEPTION 'users have been forgotten' USING ERRCODE = 'HG003';
    END IF;
END
$$;

-- Deletes the events and hits of a forgotten user in [since, until), but for those that were accepted after the
-- forgetting, and marks the closed hours. Servers read the live hours again.
--
-- The rows are found before anybody has to wait: all of them were there when the user was forgotten. They are deleted in
-- short ranges of time, so that of compressed data little is unpacked. Of a user who was there all day it is the whole day
-- of the site.
CREATE OR REPLACE FUNCTION forget_range(wanted forgetting, since timestamptz, until timestamptz) RETURNS void
    LANGUAGE plpgsql SET timezone = 'UTC' SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    hit_times   timestamptz[] := ARRAY(
        SELECT ts FROM hit
         WHERE site_id = wanted.site_id AND ts >= since AND ts < until AND visitor = ANY (wanted.visitors)
    );
    event_times timestamptz[] := ARRAY(
        SELECT ts FROM event
         WHERE site_id = wanted.site_id AND ts >= since AND ts < until AND user_id = ANY (wanted.names)
    );
    border      timestamptz;
    kept        timestamptz;
    late        timestamptz[];
BEGIN
    IF cardinality(hit_times) + cardinality(event_times) = 0 THEN
        RETURN;
    END IF;
    PERFORM allow_unpacking();
    -- In the order of batches, which store the rows to be left after those that say so.
    LOCK TABLE border_lock IN ROW EXCLUSIVE MODE;
    LOCK TABLE late_lock IN ROW EXCLUSIVE MODE;
    LOCK TABLE kept_event, kept_hit IN SHARE ROW EXCLUSIVE MODE;
    PERFORM delete_hits(wanted, since, until, hit_times);
    PERFORM delete_events(wanted, since, until, event_times);

    SELECT open_hour.since INTO border FROM open_hour;
    kept := greatest(
        (SELECT kept_since FROM retention),
        (SELECT deleted_until FROM site_retention WHERE site_id = wanted.site_id)
    );
    late := ARRAY(
        SELECT DISTINCT date_trunc('hour', ts) FROM unnest(event_times) AS ts
         WHERE ts < border AND date_trunc('hour', ts) >= kept
    );
    IF cardinality(late) > 0 THEN
        PERFORM note_late(
            array_fill(wanted.site_id, ARRAY[cardinality(late)]), late, '-infinity', '{}', '{}', '{}', '{}'
        );
    END IF;
    -- Live hours reach at most some hours back from the border.
    IF (SELECT max(ts) FROM unnest(event_times) AS ts) >= border - INTERVAL '12 hours' THEN
        INSERT INTO rewritten DEFAULT VALUES ON CONFLICT DO NOTHING;
        -- Servers that have not read these begin anew anyway.
        DELETE FROM live_batch;
    END IF;
END
$$;

-- The parts of forget_range for hits and for events: delete those of the user at some times, and store those again that
-- have to be left.
CREATE OR REPLACE FUNCTION delete_hits(
    wanted forgetting, since timestamptz, until timestamptz, times timestamptz[]
) RETURNS void
    LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    changed timestamptz[] := times || ARRAY(
        SELECT ts FROM kept_hit
         WHERE site_id = wanted.site_id AND ts >= since AND ts < until AND visitor = ANY (wanted.visitors)
    );
    part    record;
BEGIN
    FOR part IN SELECT * FROM short_ranges(changed) LOOP
        DELETE FROM hit
         WHERE site_id = wanted.site_id AND ts >= part.first AND ts <= part.last AND visitor = ANY (wanted.visitors);
    END LOOP;
    WITH kept AS (
        DELETE FROM kept_hit
         WHERE site_id = wanted.site_id AND ts >= since AND ts < until AND visitor = ANY (wanted.visitors)
        RETURNING *
    )
    INSERT INTO hit (
        ts, site_id, visitor, name_id, host_id, path_id, title_id, place_id, agent_id, origin_id, flags, scroll, engaged,
        value, currency, props
    )
    SELECT ts, site_id, visitor, name_id, host_id, path_id, title_id, place_id, agent_id, origin_id, flags, scroll, engaged,
           value, currency, props
      FROM kept;
    -- A visit may fall apart, so servers that keep hits in memory read whole days again.
    INSERT INTO touched_time (site_id, first, last)
    SELECT wanted.site_id, day, day + INTERVAL '1 day' - INTERVAL '1 millisecond'
      FROM (SELECT DISTINCT date_trunc('day', ts) AS day FROM unnest(changed) AS ts) AS days;
END
$$;

CREATE OR REPLACE FUNCTION delete_events(
    wanted forgetting, since timestamptz, until timestamptz, times timestamptz[]
) RETURNS void
    LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    part record;
BEGIN
    FOR part IN
        SELECT * FROM short_ranges(times || ARRAY(
            SELECT ts FROM kept_event
             WHERE site_id = wanted.site_id AND ts >= since AND ts < until AND user_id = ANY (wanted.names)
        ))
    LOOP
        DELETE FROM event
         WHERE site_id = wanted.site_id AND ts >= part.first AND ts <= part.last AND user_id = ANY (wanted.names);
    END LOOP;
    WITH kept AS (
        DELETE FROM kept_event
         WHERE site_id = wanted.site_id AND ts >= since AND ts < until AND user_id = ANY (wanted.names)
        RETURNING *
    )
    INSERT INTO event (ts, site_id, kind, user_id) SELECT ts, site_id, kind, user_id FROM kept;
END
$$;

-- The ranges of times between which no more than ten minutes lie.
CREATE OR REPLACE FUNCTION short_ranges(times timestamptz[]) RETURNS TABLE (first timestamptz, last timestamptz)
    LANGUAGE sql IMMUTABLE AS $$
    SELECT min(ts), max(ts)
      FROM (
        SELECT ts, count(*) FILTER (WHERE is_far) OVER (ORDER BY ts) AS range
          FROM (
            SELECT ts, ts - lag(ts) OVER (ORDER BY ts) > INTERVAL '10 minutes' AS is_far FROM unnest(times) AS ts
          ) AS neighbours
      ) AS numbered
     GROUP BY range
     ORDER BY 1
$$;

-- Deletes a part of a forgotten user's data, a day at most, the latest first; returns the done share. It is 1 when nothing
-- is left but rows in the aggregates of deleted events, and NULL while hours have still to be refreshed.
CREATE OR REPLACE FUNCTION forget_user_step(job bigint) RETURNS real
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    own    forgetting;
    oldest timestamptz;
    latest timestamptz;
    day    timestamptz;
BEGIN
    SELECT * INTO own FROM forgetting WHERE job_id = job FOR UPDATE;
    IF NOT FOUND THEN
        RETURN 1; -- The site has been removed.
    END IF;
    IF own.marks IS NOT NULL THEN
        IF EXISTS (SELECT FROM touched_hour WHERE id <= own.marks AND site_id = own.site_id) THEN
            RETURN NULL;
        END IF;
        RETURN 1;
    END IF;
    latest := greatest(
        (SELECT ts FROM hit WHERE site_id = own.site_id AND ts < own.next ORDER BY ts DESC LIMIT 1),
        (SELECT ts FROM event WHERE site_id = own.site_id AND ts < own.next ORDER BY ts DESC LIMIT 1)
    );
    IF latest IS NULL THEN
        UPDATE forgetting
           SET marks = coalesce((SELECT max(id) FROM touched_hour WHERE site_id = own.site_id), 0)
         WHERE job_id = job;
        RETURN 0.95;
    END IF;
    oldest := coalesce(own.first, least(
        (SELECT ts FROM hit WHERE site_id = own.site_id ORDER BY ts LIMIT 1),
        (SELECT ts FROM event WHERE site_id = own.site_id ORDER BY ts LIMIT 1)
    ));
    day := date_trunc('day', latest);
    PERFORM forget_range(own, day, own.next);
    UPDATE forgetting SET next = day, first = oldest WHERE job_id = job;
    -- A day may begin before the first moment.
    RETURN least(0.9, 0.9 * extract(epoch FROM own.at - day) / greatest(extract(epoch FROM own.at - oldest), 86400));
END
$$;
REVOKE EXECUTE ON FUNCTION forget_user_step(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_user_step(bigint) TO hourglass_maintain;

-- Deletes what a job knows about the user that it has deleted.
CREATE OR REPLACE FUNCTION end_forgetting(job bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    own forgetting;
BEGIN
    DELETE FROM forgetting WHERE job_id = job RETURNING * INTO own;
    DELETE FROM kept_event WHERE site_id = own.site_id AND user_id = ANY (own.names);
    DELETE FROM kept_hit WHERE site_id = own.site_id AND visitor = ANY (own.visitors);
END
$$;
REVOKE EXECUTE ON FUNCTION end_forgetting(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION end_forgetting(bigint) TO hourglass_maintain;

-- Deletes the digests of forgotten users after thirty days.
CREATE OR REPLACE FUNCTION prune_forgotten() RETURNS void
    LANGUAGE sql AS $$
    DELETE FROM forgotten WHERE at < now() - INTERVAL '30 days';
$$;
