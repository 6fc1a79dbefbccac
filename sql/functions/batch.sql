-- Begins the transaction that stores a batch: notes its id and its events in closed hours, makes its partitions, takes
-- its idempotency keys and the ids of its hits, and hands its live rows to the other servers. Texts are UTF-8 in
-- hexadecimal, so that the call needs no quoting.
--   event_sites    with event_hours: each hour in which the batch stores events of a site, in order of the hours, as
--                  whole hours since 1970
--   hit_hours      all hours in which it stores hits, in order
--   named_before   the hour before which `late_…` names every event of the batch; 0 when it names none
--   key_sites      with keys: the idempotency keys, each once for a site
--   answers        the answers to their requests
--   fingerprints   the SHA-256 of the requests, in the order of the keys; '' where it is unknown
--   keeps_others   true to store rows whose key was used before with another fingerprint, as those of a spool, which
--                  have been acknowledged
--   id_sites       with id_digests and id_keys: the ids of hits, and the place of the hit's key in `keys`, or 0
--   live           the live rows: those without a key, then those of each key; NULL when no other server is known
--   live_site      the site of the live rows; 0 when they tell their sites
--   all_sites      the sites of all rows
--   accepted       with compared: as for check_forgotten
--   hit_sites      with hit_firsts and hit_lasts: the times between which it stores hits of a site, in milliseconds since
--                  1970
-- Returns a row for each key that was used before, with the first answer and the first fingerprint; a row for each id
-- that was stored before; and a row without key and id that has the id of the transaction. Rows of such keys must not
-- be stored, except with `keeps_others` those with another fingerprint, and neither must hits of such ids. Fails with
-- HG001 when there is another server and `live` is NULL, and like check_forgotten.
CREATE OR REPLACE FUNCTION open_batch(
    batch uuid, writer uuid, event_sites integer[], event_hours bigint[], hit_hours bigint[],
    named_before bigint, late_sites integer[], late_users text[], late_kinds integer[], late_times bigint[],
    key_sites integer[], keys text[], answers text[], fingerprints text[], keeps_others boolean,
    id_sites integer[], id_digests uuid[], id_keys integer[], live text[], live_site integer,
    all_sites integer[], accepted bigint, compared bigint,
    hit_sites integer[], hit_firsts bigint[], hit_lasts bigint[]
) RETURNS TABLE (site_id integer, key text, answer text, fingerprint text, hit_id uuid)
    LANGUAGE plpgsql AS $$
DECLARE
    border   record;
    wanted   text[];
    repeated integer[] := '{}';
BEGIN
    INSERT INTO batch (id) VALUES (batch);
    LOCK TABLE border_lock IN ROW EXCLUSIVE MODE;
    IF live IS NULL AND EXISTS (SELECT FROM server WHERE id <> writer) THEN
        RAISE EXCEPTION 'another server wants the live events' USING ERRCODE = 'HG001';
    END IF;
    PERFORM check_forgotten(all_sites, accepted, compared);

    SELECT since, ready_since, ready_until INTO border FROM open_hour;
    -- Hours that are closed matter to events only.
    IF to_timestamp(event_hours[1] * 3600) < greatest(border.since, border.ready_since)
        OR to_timestamp(hit_hours[1] * 3600) < border.ready_since
        OR to_timestamp(greatest(
            event_hours[cardinality(event_hours)], hit_hours[cardinality(hit_hours)]) * 3600) >= border.ready_until
    THEN
        PERFORM enter_hours(
            event_sites, event_hours, hit_hours, border.since, named_before,
            late_sites, late_users, late_kinds, late_times
        );
    ELSIF to_timestamp(hit_hours[1] * 3600) < border.since THEN
        PERFORM refuse_dropped_hits(to_timestamp(hit_hours[1] * 3600));
    END IF;
    -- The rows will need this lock. It is taken before any key and id: a writer that makes a partition waits for those
    -- who hold it, and they must not wait for an id of that writer's.
    LOCK TABLE ONLY event, ONLY hit IN ROW EXCLUSIVE MODE;

    IF cardinality(hit_sites) > 0 THEN
        PERFORM refuse_hits_of_sites(hit_sites, hit_firsts);
        INSERT INTO touched_time (site_id, first, last)
        SELECT hits.site, to_timestamp(hits.first / 1000.0), to_timestamp(hits.last / 1000.0)
          FROM unnest(hit_sites, hit_firsts, hit_lasts) AS hits (site, first, last);
    END IF;

    IF cardinality(keys) > 0 THEN
        wanted := ARRAY(SELECT convert_from(decode(hex, 'hex'), 'UTF8') FROM unnest(keys) AS hex);
        -- In order, so that two writers with the same keys do not deadlock.
        INSERT INTO idempotency_key (site_id, key, batch_id, answer, fingerprint)
        SELECT request.site, request.key, batch, convert_from(decode(request.answer, 'hex'), 'UTF8'),
               nullif(decode(request.fingerprint, 'hex'), '')
          FROM unnest(key_sites, wanted, answers, fingerprints) AS request (site, key, answer, fingerprint)
         ORDER BY request.site, request.key
            ON CONFLICT DO NOTHING;
        -- A statement of its own, to see the keys of a writer that the insert waited for.
        RETURN QUERY SELECT used.*, NULL::uuid FROM known_keys(batch, key_sites, wanted) AS used;
        repeated := ARRAY(
            SELECT request.place::integer
              FROM known_keys(batch, key_sites, wanted) AS used
              JOIN unnest(key_sites, wanted, fingerprints) WITH ORDINALITY AS request (site, key, fingerprint, place)
                ON request.site = used.site_id AND request.key = used.key
             WHERE NOT keeps_others OR used.fingerprint IS NULL OR request.fingerprint IN ('', used.fingerprint)
        );
    END IF;

    IF cardinality(id_digests) > 0 THEN
        RETURN QUERY
        SELECT known.site_id, NULL, NULL, NULL, known.digest
          FROM take_hit_ids(
            ARRAY(SELECT id.site FROM unnest(id_sites, id_keys) AS id (site, key) WHERE id.key <> ALL (repeated)),
            ARRAY(SELECT id.digest FROM unnest(id_digests, id_keys) AS id (digest, key) WHERE id.key <> ALL (repeated))
          ) AS known;
    END IF;

    IF live IS NOT NULL THEN
        INSERT INTO live_batch (server_id, site_id, events)
        SELECT writer, live_site, stored.rows
          FROM (
            SELECT string_agg(decode(part.hex, 'hex'), '') AS rows
              FROM unnest(live) WITH ORDINALITY AS part (hex, place)
             WHERE part.place - 1 <> ALL (repeated)
          ) AS stored
         WHERE length(stored.rows) > 0;
    END IF;
    RETURN QUERY SELECT NULL::integer, NULL, pg_current_xact_id()::text, NULL, NULL::uuid;
END
$$;

-- The part of open_batch for hours that are closed or may have no partitions yet.
CREATE OR REPLACE FUNCTION enter_hours(
    event_sites integer[], event_hours bigint[], hit_hours bigint[], since timestamptz, named_before bigint,
    late_sites integer[], late_users text[], late_kinds integer[], late_times bigint[]
) RETURNS void
    LANGUAGE plpgsql AS $$
DECLARE
    border integer := extract(epoch FROM since)::bigint / 3600;
    sites  integer[];
    hours  timestamptz[];
BEGIN
    PERFORM make_partitions(ARRAY(
        SELECT to_timestamp(hour * 3600) FROM (SELECT unnest(event_hours) UNION SELECT unnest(hit_hours)) AS all_hours (hour)
    ));
    PERFORM refuse_dropped_hits(to_timestamp(hit_hours[1] * 3600));
    PERFORM refuse_dropped(to_timestamp(event_hours[1] * 3600));
    PERFORM refuse_events_of_sites(event_sites, event_hours);
    SELECT array_agg(late.site), array_agg(to_timestamp(late.hour * 3600)) INTO sites, hours
      FROM unnest(event_sites, event_hours) AS late (site, hour)
     WHERE late.hour < border;
    IF sites IS NOT NULL THEN
        PERFORM note_late(
            sites, hours, to_timestamp(named_before * 3600), late_sites, late_users, late_kinds, late_times
        );
    END IF;
END
$$;

-- The same for a server of schema 24, which tells the hours of its hits alone.
CREATE OR REPLACE FUNCTION open_batch(
    batch uuid, writer uuid, event_sites integer[], event_hours bigint[], hit_hours bigint[],
    named_before bigint, late_sites integer[], late_users text[], late_kinds integer[], late_times bigint[],
    key_sites integer[], keys text[], answers text[], fingerprints text[], keeps_others boolean,
    id_sites integer[], id_digests uuid[], id_keys integer[], live text[], live_site integer,
    all_sites integer[], accepted bigint, compared bigint
) RETURNS TABLE (site_id integer, key text, answer text, fingerprint text, hit_id uuid)
    LANGUAGE sql AS $$
    SELECT opened.*
      FROM (
        SELECT array_agg(site) AS sites, array_agg(hour * 3600000) AS firsts, array_agg(hour * 3600000 + 3599999) AS lasts
          FROM unnest(all_sites) AS site, unnest(hit_hours) AS hour
      ) AS hits,
      LATERAL open_batch(
        batch, writer, event_sites, event_hours, hit_hours,
        named_before, late_sites, late_users, late_kinds, late_times,
        key_sites, keys, answers, fingerprints, keeps_others,
        id_sites, id_digests, id_keys, live, live_site, all_sites, accepted, compared,
        coalesce(hits.sites, '{}'), coalesce(hits.firsts, '{}'), coalesce(hits.lasts, '{}')
      ) AS opened
$$;

-- The same for a server of schema 23, which does not compare its rows with the users that have been forgotten.
CREATE OR REPLACE FUNCTION open_batch(
    batch uuid, writer uuid, event_sites integer[], event_hours bigint[], hit_hours bigint[],
    named_before bigint, late_sites integer[], late_users text[], late_kinds integer[], late_times bigint[],
    key_sites integer[], keys text[], answers text[], fingerprints text[], keeps_others boolean,
    id_sites integer[], id_digests uuid[], id_keys integer[], live text[], live_site integer
) RETURNS TABLE (site_id integer, key text, answer text, fingerprint text, hit_id uuid)
    LANGUAGE sql AS $$
    SELECT *
      FROM open_batch(
        batch, writer, event_sites, event_hours, hit_hours,
        named_before, late_sites, late_users, late_kinds, late_times,
        key_sites, keys, answers, fingerprints, keeps_others,
        id_sites, id_digests, id_keys, live, live_site, '{}', NULL, 0
      )
$$;

-- The same for a server of schema 13, whose batches have one site and no hits.
CREATE OR REPLACE FUNCTION open_batch(
    batch uuid, writer uuid, site integer, hours bigint[],
    named_before bigint, late_users text[], late_kinds integer[], late_times bigint[],
    keys text[], answers text[], fingerprints text[], keeps_others boolean, live text[]
) RETURNS TABLE (key text, answer text, fingerprint text)
    LANGUAGE sql AS $$
    SELECT opened.key, opened.answer, opened.fingerprint
      FROM open_batch(
        batch, writer, array_fill(site, ARRAY[cardinality(hours)]), hours, '{}',
        named_before, array_fill(site, ARRAY[cardinality(late_users)]), late_users, late_kinds, late_times,
        array_fill(site, ARRAY[cardinality(keys)]), keys, answers, fingerprints, keeps_others,
        '{}', '{}', '{}', live, site
      ) AS opened
$$;

-- The same for a server of schema 11, which knows no fingerprints.
CREATE OR REPLACE FUNCTION open_batch(
    batch uuid, writer uuid, site integer, hours bigint[],
    named_before bigint, late_users text[], late_kinds integer[], late_times bigint[],
    keys text[], answers text[], live text[]
) RETURNS TABLE (key text, answer text)
    LANGUAGE sql AS $$
    SELECT opened.key, opened.answer
      FROM open_batch(
        batch, writer, site, hours, named_before, late_users, late_kinds, late_times,
        keys, answers, array_fill(''::text, ARRAY[cardinality(keys)]), false, live
      ) AS opened
$$;

-- Deletes the ids of batches that no server will send again (it gives up after minutes) and keys older than promised.
-- A server may have in its spool a batch that it sent before the database went away, so ids stay from an hour before
-- the spool was last empty; a spool that has not been empty for thirty days is taken to be gone for good.
CREATE OR REPLACE FUNCTION prune() RETURNS void
    LANGUAGE sql AS $$
    DELETE FROM batch
     WHERE committed_at < least(
        now(), (SELECT min(emptied_at) FROM spool WHERE emptied_at > now() - INTERVAL '30 days')
     ) - INTERVAL '1 hour';
    DELETE FROM idempotency_key WHERE created_at < now() - INTERVAL '48 hours';
    SELECT prune_refusals();
    SELECT prune_forgotten();
    SELECT prune_jobs();
    SELECT prune_parts();
    SELECT prune_arrivals();
$$;
