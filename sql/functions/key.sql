-- The keys of a batch that an earlier batch has used, with the answer to that request and its fingerprint in
-- hexadecimal; each key has its site.
CREATE OR REPLACE FUNCTION known_keys(batch uuid, sites integer[], keys text[])
    RETURNS TABLE (site_id integer, key text, answer text, fingerprint text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    SELECT known.site_id, known.key, known.answer, encode(known.fingerprint, 'hex')
      FROM unnest(sites, keys) AS wanted (site_id, key)
      JOIN idempotency_key AS known ON known.site_id = wanted.site_id AND known.key = wanted.key
     WHERE known.batch_id <> batch
$$;
REVOKE EXECUTE ON FUNCTION known_keys(uuid, integer[], text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION known_keys(uuid, integer[], text[]) TO hourglass_ingest;

-- The same for a server of schema 13, whose batches have one site.
CREATE OR REPLACE FUNCTION used_keys(batch uuid, site integer, keys text[])
    RETURNS TABLE (key text, answer text, fingerprint text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    SELECT known.key, known.answer, encode(known.fingerprint, 'hex')
      FROM idempotency_key AS known
     WHERE known.site_id = site AND known.key = ANY (keys) AND known.batch_id <> batch
$$;
REVOKE EXECUTE ON FUNCTION used_keys(uuid, integer, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION used_keys(uuid, integer, text[]) TO hourglass_ingest;

-- The same for a server of schema 11, which knows no fingerprints.
CREATE OR REPLACE FUNCTION repeated_keys(batch uuid, site integer, keys text[]) RETURNS TABLE (key text, answer text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    SELECT known.key, known.answer
      FROM idempotency_key AS known
     WHERE known.site_id = site AND known.key = ANY (keys) AND known.batch_id <> batch
$$;
REVOKE EXECUTE ON FUNCTION repeated_keys(uuid, integer, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION repeated_keys(uuid, integer, text[]) TO hourglass_ingest;
