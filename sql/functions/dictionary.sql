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
CREATE OR REPLACE FUNCTION %1$s_ids(sites integer[], digests uuid[], texts json, limited boolean[])
    RETURNS TABLE (place bigint, id integer, is_other boolean)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp
    -- One plan for all calls. Entries are found by subqueries, which can only use the index: a join that was planned
    -- while the table was small would read all entries of the site later.
    SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
    one     integer;
    room    integer;
    pace    integer;
    added   integer;
    paced   integer;
    missing integer;
BEGIN
    SELECT count((
            SELECT known.id FROM %1$s AS known WHERE known.site_id = wanted.site_id AND known.digest = wanted.digest
           ))
      INTO added
      FROM unnest(sites, digests) AS wanted (site_id, digest);
    IF added < cardinality(sites) THEN
        -- The commit need not wait for the disk: that of a batch whose hits refer to the entries does, and writes
        -- everything that was committed before it.
        PERFORM set_config('synchronous_commit', 'off', true);
        -- In order, so that two writers with several new sites do not deadlock. The row of the site's size is locked
        -- until the commit, so that two writers do not exceed the limit together, or add a value twice.
        FOR one IN SELECT DISTINCT site FROM unnest(sites) AS site ORDER BY site LOOP
            INSERT INTO dictionary_size (site_id, dictionary) VALUES (one, '%1$s') ON CONFLICT DO NOTHING;
            SELECT most.entries - size.entries,
                   most.entries_a_minute
                   - CASE WHEN size.minute = date_trunc('minute', now()) THEN size.minute_entries ELSE 0 END
              INTO room, pace
              FROM dictionary_size AS size,
                   LATERAL (
                    SELECT limits.entries, limits.entries_a_minute FROM dictionary_limit AS limits
                     WHERE limits.dictionary = '%1$s' AND limits.site_id IN (0, one)
                     ORDER BY limits.site_id DESC LIMIT 1
                   ) AS most
             WHERE size.site_id = one AND size.dictionary = '%1$s'
               FOR UPDATE OF size;
            WITH wanted AS (
                SELECT wanted.digest, wanted.texts, coalesce(wanted.limited, false) AS limited,
                       row_number() OVER (PARTITION BY wanted.limited ORDER BY wanted.digest) AS number
                  FROM ROWS FROM (unnest(sites), unnest(digests), json_array_elements(texts), unnest(limited))
                    AS wanted (site_id, digest, texts, limited)
                 WHERE wanted.site_id = one
                   AND (
                    SELECT known.id FROM %1$s AS known WHERE known.site_id = one AND known.digest = wanted.digest
                   ) IS NULL
            ), new AS (
                INSERT INTO %1$s (site_id, digest, %2$s)
                SELECT one, wanted.digest, %3$s FROM wanted
                 WHERE NOT wanted.limited OR wanted.number <= pace
                 ORDER BY wanted.limited, wanted.digest LIMIT greatest(room, 0)
                RETURNING 1
            )
            -- Those that are not limited were added first.
            SELECT found.added, greatest(found.added - found.unlimited, 0), found.missing
              INTO added, paced, missing
              FROM (
                SELECT (SELECT count(*) FROM new) AS added, count(*) FILTER (WHERE NOT limited) AS unlimited,
                       count(*) AS missing
                  FROM wanted
              ) AS found;
            UPDATE dictionary_size AS size
               SET entries = size.entries + added,
                   others = size.others + missing - added,
                   minute = date_trunc('minute', now()),
                   minute_entries =
                    CASE WHEN size.minute = date_trunc('minute', now()) THEN size.minute_entries ELSE 0 END + paced
             WHERE size.site_id = one AND size.dictionary = '%1$s';
            IF missing > added THEN
                INSERT INTO %1$s (site_id, digest, %4$s) VALUES (one, other_entry(), '(other)') ON CONFLICT DO NOTHING;
            END IF;
        END LOOP;
    END IF;
    RETURN QUERY
    SELECT found.place,
           coalesce(found.id, (
            SELECT other.id FROM %1$s AS other WHERE other.site_id = found.site_id AND other.digest = other_entry()
           )),
           found.id IS NULL
      FROM (
        SELECT wanted.place, wanted.site_id, (
                SELECT known.id FROM %1$s AS known
                 WHERE known.site_id = wanted.site_id AND known.digest = wanted.digest
               ) AS id
          FROM unnest(sites, digests) WITH ORDINALITY AS wanted (site_id, digest, place)
        OFFSET 0
      ) AS found;
END
$$
            $function$,
            dictionary, columns, fields, split_part(columns, ', ', 1)
        );
        EXECUTE format(
            'REVOKE EXECUTE ON FUNCTION %I(integer[], uuid[], json, boolean[]) FROM PUBLIC', dictionary || '_ids'
        );
        EXECUTE format(
            'GRANT EXECUTE ON FUNCTION %I(integer[], uuid[], json, boolean[]) TO hourglass_ingest', dictionary || '_ids'
        );
    END LOOP;
END
$make$;

-- Finds the ids of values in a dictionary, and adds those that it lacks while the site has room for them.
--   dictionary   the name of the table
--   sites        with digests, texts and limited: the values, each once for a site
--   texts        a JSON array for each value, with the texts of its columns in their order
--   limited      true for the values that count for the site's limit of a minute
-- Returns the id of each value by its place, counted from 1; beyond a limit of the site that of the entry `(other)`.
CREATE OR REPLACE FUNCTION dictionary_ids(
    dictionary text, sites integer[], digests uuid[], texts json, limited boolean[]
) RETURNS TABLE (place bigint, id integer, is_other boolean)
    LANGUAGE plpgsql AS $$
BEGIN
    CASE dictionary
        WHEN 'name' THEN RETURN QUERY SELECT * FROM name_ids(sites, digests, texts, limited);
        WHEN 'host' THEN RETURN QUERY SELECT * FROM host_ids(sites, digests, texts, limited);
        WHEN 'path' THEN RETURN QUERY SELECT * FROM path_ids(sites, digests, texts, limited);
        WHEN 'title' THEN RETURN QUERY SELECT * FROM title_ids(sites, digests, texts, limited);
        WHEN 'place' THEN RETURN QUERY SELECT * FROM place_ids(sites, digests, texts, limited);
        WHEN 'agent' THEN RETURN QUERY SELECT * FROM agent_ids(sites, digests, texts, limited);
        WHEN 'origin' THEN RETURN QUERY SELECT * FROM origin_ids(sites, digests, texts, limited);
        ELSE RAISE EXCEPTION 'no dictionary %', dictionary USING ERRCODE = 'undefined_table';
    END CASE;
END
$$;

-- The same for a server of schema 22, which knows no limit of a minute.
CREATE OR REPLACE FUNCTION dictionary_ids(dictionary text, sites integer[], digests uuid[], texts json)
    RETURNS TABLE (place bigint, id integer, is_other boolean)
    LANGUAGE sql AS $$
    SELECT * FROM dictionary_ids(dictionary, sites, digests, texts, '{}')
$$;

-- The digest of the entry that stands for all values beyond the limit.
CREATE OR REPLACE FUNCTION other_entry() RETURNS uuid
    LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(substring(sha256('(other)') FOR 16), 'hex')::uuid
$$;
