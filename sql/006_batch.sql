SET LOCAL ROLE hourglass_owner;

-- One row: a batch of events that has been committed. A writer that lost its connection during COMMIT sends the batch
-- again under the same id, and the primary key tells it whether the first time counted.
CREATE TABLE batch (
    id           uuid        PRIMARY KEY,
    committed_at timestamptz NOT NULL DEFAULT now()
);

-- One row: a request that came with an Idempotency-Key, and what it was answered.
CREATE TABLE idempotency_key (
    site_id    integer          NOT NULL,
    key        text COLLATE "C" NOT NULL,
    batch_id   uuid             NOT NULL,
    answer     text             NOT NULL,
    created_at timestamptz      NOT NULL DEFAULT now(),
    PRIMARY KEY (site_id, key)
);

-- The keys of a batch that an earlier batch has used, with what was answered then.
CREATE FUNCTION repeated_keys(batch uuid, site integer, keys text[]) RETURNS TABLE (key text, answer text)
    LANGUAGE sql STABLE AS $$
    SELECT known.key, known.answer
      FROM idempotency_key AS known
     WHERE known.site_id = site AND known.key = ANY (keys) AND known.batch_id <> batch
$$;

-- Begins the transaction that stores a batch: notes its id, marks the closed hours that it touches, makes its partitions
-- and takes its idempotency keys. Returns the keys that were used before: their events must not be stored again.
-- `hours` are whole hours since 1970; `keys` and `answers` are UTF-8 in hexadecimal, so that the call needs no quoting.
CREATE FUNCTION open_batch(batch uuid, site integer, hours bigint[], keys text[], answers text[])
    RETURNS TABLE (key text, answer text)
    LANGUAGE plpgsql AS $$
DECLARE
    touched timestamptz[] := ARRAY(SELECT to_timestamp(hour * 3600) FROM unnest(hours) AS hour);
    wanted  text[];
BEGIN
    INSERT INTO batch (id) VALUES (batch);
    PERFORM pg_advisory_xact_lock_shared(open_hour_lock());
    INSERT INTO touched_hour (site_id, hour)
    SELECT site, hour FROM unnest(touched) AS hour WHERE hour < (SELECT since FROM open_hour);
    PERFORM make_partitions(touched);

    IF cardinality(keys) > 0 THEN
        wanted := ARRAY(SELECT convert_from(decode(hex, 'hex'), 'UTF8') FROM unnest(keys) AS hex);
        -- In order, so that two writers with the same keys do not deadlock.
        INSERT INTO idempotency_key (site_id, key, batch_id, answer)
        SELECT site, pair.key, batch, convert_from(decode(pair.answer, 'hex'), 'UTF8')
          FROM unnest(wanted, answers) AS pair (key, answer)
         ORDER BY pair.key
            ON CONFLICT DO NOTHING;
        -- A statement of its own: it sees what a writer committed whom the insert waited for.
        RETURN QUERY SELECT * FROM repeated_keys(batch, site, wanted);
    END IF;
END
$$;

-- Forgets batches that nobody will send again (the server gives up after minutes) and keys older than promised.
CREATE FUNCTION prune() RETURNS void
    LANGUAGE sql AS $$
    DELETE FROM batch WHERE committed_at < now() - INTERVAL '1 hour';
    DELETE FROM idempotency_key WHERE created_at < now() - INTERVAL '48 hours';
$$;

GRANT INSERT ON event, batch TO hourglass_ingest;
GRANT SELECT, INSERT ON idempotency_key TO hourglass_ingest;
GRANT SELECT, DELETE ON batch, idempotency_key TO hourglass_maintain;
