-- Makes a function for each dictionary, so that the plans of its statements are kept: `…_ids` finds the ids of values, and
-- adds those that the dictionary lacks while the site has room for them. Its arguments and its answer are those of
-- dictionary_ids.
DO $make$
DECLARE
    dictionary text;
    columns    text;
    fields     text;
BEGIN
    FOREACH dictionary IN ARRAY ARRAY['name', 'host', 'path', 'title', 'place', 'agent', 'origin'] LOOP
        SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum),
               string_agg(
                format('(wanted.texts ->> %s)::%s', part - 1, format_type(atttypid, atttypmod)), ', ' ORDER BY attnum
               )
          INTO columns, fields
          FROM (
            SELECT attname, attnum, atttypid, atttypmod, row_number() OVER (ORDER BY attnum) AS part
              FROM pg_attribute
             WHERE attrelid = to_regclass('hourglass.' || dictionary) AND attnum > 0 AND NOT attisdropped
               AND attname NOT IN ('id', 'site_id', 'digest')
          ) AS own;
        EXECUTE format(
            $function$
CREATE OR REPLACE FUNCTION %1$s_ids(sites integer[], digests uuid[], texts json)
    RETURNS TABLE (place bigint, id integer, is_other boolean)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
#variable_conflict use_column
DECLARE
    one     integer;
    room    integer;
    added   integer;
    missing integer;
BEGIN
    SELECT count(*) INTO added
      FROM unnest(sites, digests) AS wanted (site_id, digest)
      JOIN %1$s AS known ON known.site_id = wanted.site_id AND known.digest = wanted.digest;
    IF added < cardinality(sites) THEN
        -- In order, so that two writers with several new sites do not deadlock. The row of the site's size is locked
        -- until the commit, so that two writers do not exceed the limit together, or add a value twice.
        FOR one IN SELECT DISTINCT site FROM unnest(sites) AS site ORDER BY site LOOP
            INSERT INTO dictionary_size (site_id, dictionary) VALUES (one, '%1$s') ON CONFLICT DO NOTHING;
            SELECT (
                SELECT most.entries FROM dictionary_limit AS most
                 WHERE most.dictionary = '%1$s' AND most.site_id IN (0, one)
                 ORDER BY most.site_id DESC LIMIT 1
            ) - size.entries INTO room
              FROM dictionary_size AS size
             WHERE size.site_id = one AND size.dictionary = '%1$s'
               FOR UPDATE;
            WITH wanted AS (
                SELECT wanted.digest, wanted.texts
                  FROM ROWS FROM (unnest(sites), unnest(digests), json_array_elements(texts))
                    AS wanted (site_id, digest, texts)
                 WHERE wanted.site_id = one
                   AND NOT EXISTS (SELECT FROM %1$s AS known WHERE known.site_id = one AND known.digest = wanted.digest)
            ), new AS (
                INSERT INTO %1$s (site_id, digest, %2$s)
                SELECT one, wanted.digest, %3$s FROM wanted ORDER BY wanted.digest LIMIT greatest(room, 0)
                RETURNING 1
            )
            SELECT (SELECT count(*) FROM new), (SELECT count(*) FROM wanted) INTO added, missing;
            UPDATE dictionary_size AS size SET entries = size.entries + added, others = size.others + missing - added
             WHERE size.site_id = one AND size.dictionary = '%1$s';
            IF missing > added THEN
                INSERT INTO %1$s (site_id, digest, %4$s) VALUES (one, other_entry(), '(other)') ON CONFLICT DO NOTHING;
            END IF;
        END LOOP;
    END IF;
    RETURN QUERY
    SELECT wanted.place, coalesce(known.id, other.id), known.id IS NULL
      FROM unnest(sites, digests) WITH ORDINALITY AS wanted (site_id, digest, place)
      LEFT JOIN %1$s AS known ON known.site_id = wanted.site_id AND known.digest = wanted.digest
      LEFT JOIN %1$s AS other
        ON known.id IS NULL AND other.site_id = wanted.site_id AND other.digest = other_entry();
END
$$
            $function$,
            dictionary, columns, fields, split_part(columns, ', ', 1)
        );
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %I(integer[], uuid[], json) FROM PUBLIC', dictionary || '_ids');
        EXECUTE format('GRANT EXECUTE ON FUNCTION %I(integer[], uuid[], json) TO hourglass_ingest', dictionary || '_ids');
    END LOOP;
END
$make$;

-- Finds the ids of values in a dictionary, and adds those that it lacks while the site has room for them.
--   dictionary   the name of the table
--   sites        with digests and texts: the values, each once for a site
--   texts        a JSON array for each value, with the texts of its columns in their order
-- Returns the id of each value by its place, counted from 1; beyond the limit of the site that of the entry `(other)`.
CREATE OR REPLACE FUNCTION dictionary_ids(dictionary text, sites integer[], digests uuid[], texts json)
    RETURNS TABLE (place bigint, id integer, is_other boolean)
    LANGUAGE plpgsql AS $$
BEGIN
    CASE dictionary
        WHEN 'name' THEN RETURN QUERY SELECT * FROM name_ids(sites, digests, texts);
        WHEN 'host' THEN RETURN QUERY SELECT * FROM host_ids(sites, digests, texts);
        WHEN 'path' THEN RETURN QUERY SELECT * FROM path_ids(sites, digests, texts);
        WHEN 'title' THEN RETURN QUERY SELECT * FROM title_ids(sites, digests, texts);
        WHEN 'place' THEN RETURN QUERY SELECT * FROM place_ids(sites, digests, texts);
        WHEN 'agent' THEN RETURN QUERY SELECT * FROM agent_ids(sites, digests, texts);
        WHEN 'origin' THEN RETURN QUERY SELECT * FROM origin_ids(sites, digests, texts);
        ELSE RAISE EXCEPTION 'no dictionary %', dictionary USING ERRCODE = 'undefined_table';
    END CASE;
END
$$;

-- The digest of the entry that stands for all values beyond the limit.
CREATE OR REPLACE FUNCTION other_entry() RETURNS uuid
    LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(substring(sha256('(other)') FOR 16), 'hex')::uuid
$$;
