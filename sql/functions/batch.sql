-- Begins the transaction that stores a batch: notes its id and its events in closed hours, makes its partitions, takes
-- its idempotency keys and hands its live events to the other servers. Texts are UTF-8 in hexadecimal, so that the call
-- needs no quoting.
--   hours          all hours in which the batch stores something, in order, as whole hours since 1970
--   named_before   the hour before which `late_…` names every event of the batch; 0 when it names none
--   keys, answers  the idempotency keys, each once, with the answers to their requests
--   fingerprints   the SHA-256 of the requests, in the order of the keys; '' where it is unknown
--   keeps_others   true to store events whose key was used before with another fingerprint, as those of a spool, which
--                  have been acknowledged
--   live           the events in the live hours: those without a key, then those of each key; NULL when no other server
--                  is known
-- Returns the keys that were used before, with the first answer and the first fingerprint, and a row without a key that
-- has the id of the transaction. Events of such keys must not be stored, except with `keeps_others` those with another
-- fingerprint. Fails with HG001 when there is another server and `live` is NULL.
CREATE OR REPLACE FUNCTION open_batch(
    batch uuid, writer uuid, site integer, hours bigint[],
    named_before bigint, late_users text[], late_kinds integer[], late_times bigint[],
    keys text[], answers text[], fingerprints text[], keeps_others boolean, live text[]
) RETURNS TABLE (key text, answer text, fingerprint text)
    LANGUAGE plpgsql AS $$
DECLARE
    border   record;
    touched  timestamptz[];
    closed   timestamptz[];
    wanted   text[];
    repeated text[] := '{}';
BEGIN
    INSERT INTO batch (id) VALUES (batch);
    PERFORM pg_advisory_xact_lock_shared(open_hour_lock());
    IF live IS NULL AND EXISTS (SELECT FROM server WHERE id <> writer) THEN
        RAISE EXCEPTION 'another server wants the live events' USING ERRCODE = 'HG001';
    END IF;

    SELECT since, greatest(since, ready_since) AS ready_since, ready_until INTO border FROM open_hour;
    IF to_timestamp(hours[1] * 3600) < border.ready_since
        OR to_timestamp(hours[cardinality(hours)] * 3600) >= border.ready_until
    THEN
        touched := ARRAY(SELECT to_timestamp(hour * 3600) FROM unnest(hours) AS hour);
        PERFORM make_partitions(touched);
        closed := ARRAY(SELECT hour FROM unnest(touched) AS hour WHERE hour < border.since);
        IF cardinality(closed) > 0 THEN
            PERFORM note_late(site, closed, to_timestamp(named_before * 3600), late_users, late_kinds, late_times);
        END IF;
    END IF;

    IF cardinality(keys) > 0 THEN
        wanted := ARRAY(SELECT convert_from(decode(hex, 'hex'), 'UTF8') FROM unnest(keys) AS hex);
        -- In order, so that two writers with the same keys do not deadlock.
        INSERT INTO idempotency_key (site_id, key, batch_id, answer, fingerprint)
        SELECT site, request.key, batch, convert_from(decode(request.answer, 'hex'), 'UTF8'),
               nullif(decode(request.fingerprint, 'hex'), '')
          FROM unnest(wanted, answers, fingerprints) AS request (key, answer, fingerprint)
         ORDER BY request.key
            ON CONFLICT DO NOTHING;
        -- A statement of its own, to see the keys of a writer that the insert waited for.
        RETURN QUERY SELECT * FROM used_keys(batch, site, wanted);
        repeated := ARRAY(
            SELECT used.key
              FROM used_keys(batch, site, wanted) AS used
              JOIN unnest(wanted, fingerprints) AS request (key, fingerprint) ON request.key = used.key
             WHERE NOT keeps_others OR used.fingerprint IS NULL OR request.fingerprint IN ('', used.fingerprint)
        );
    END IF;

    IF live IS NOT NULL THEN
        INSERT INTO live_batch (server_id, site_id, events)
        SELECT writer, site, events
          FROM (
            SELECT string_agg(decode(hex, 'hex'), '') AS events
              FROM unnest(live, ARRAY[NULL] || wanted) AS part (hex, key)
             WHERE part.key IS NULL OR part.key <> ALL (repeated)
          ) AS stored
         WHERE length(events) > 0;
    END IF;
    RETURN QUERY SELECT NULL, pg_current_xact_id()::text, NULL;
END
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
$$;
