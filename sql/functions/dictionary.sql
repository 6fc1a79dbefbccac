-- Finds the ids of values in a dictionary, and adds those that it lacks while the site has room for them.
--   dictionary   the name of the table
--   sites        with digests and texts: the values, each once for a site
--   texts        a JSON array for each value, with the texts of its columns in their order
-- Returns the id of each value by its place, counted from 1; beyond the limit of the site that of the entry `(other)`.
CREATE OR REPLACE FUNCTION dictionary_ids(dictionary text, sites integer[], digests uuid[], texts json)
    RETURNS TABLE (place bigint, id integer, is_other boolean)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    columns text;
    fields  text;
    one     integer;
    room    integer;
    added   integer;
    missing integer;
    find    text := format(
        'SELECT wanted.place, known.id, false'
        ' FROM unnest($1, $2) WITH ORDINALITY AS wanted (site_id, digest, place)'
        ' JOIN %I AS known ON known.site_id = wanted.site_id AND known.digest = wanted.digest', dictionary
    );
BEGIN
    IF dictionary NOT IN ('name', 'host', 'path', 'title', 'place', 'agent', 'origin') THEN
        RAISE EXCEPTION 'no dictionary %', dictionary USING ERRCODE = 'undefined_table';
    END IF;
    EXECUTE format('SELECT count(*) FROM (%s) AS found', find) INTO added USING sites, digests;
    IF added = cardinality(sites) THEN
        RETURN QUERY EXECUTE find USING sites, digests;
        RETURN;
    END IF;

    SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum),
           string_agg(format('(wanted.texts ->> %s)::%s', part - 1, format_type(atttypid, atttypmod)), ', ' ORDER BY attnum)
      INTO columns, fields
      FROM (
        SELECT attname, attnum, atttypid, atttypmod, row_number() OVER (ORDER BY attnum) AS part
          FROM pg_attribute
         WHERE attrelid = to_regclass('hourglass.' || dictionary) AND attnum > 0 AND NOT attisdropped
           AND attname NOT IN ('id', 'site_id', 'digest')
      ) AS own;
    -- In order, so that two writers with several new sites do not deadlock. The row of the site's size is locked until
    -- the commit, so that two writers do not exceed the limit together, or add a value twice.
    FOR one IN SELECT DISTINCT site FROM unnest(sites) AS site ORDER BY site LOOP
        INSERT INTO dictionary_size (site_id, dictionary) VALUES (one, dictionary_ids.dictionary) ON CONFLICT DO NOTHING;
        SELECT (
            SELECT most.entries FROM dictionary_limit AS most
             WHERE most.dictionary = dictionary_ids.dictionary AND most.site_id IN (0, one)
             ORDER BY most.site_id DESC LIMIT 1
        ) - size.entries INTO room
          FROM dictionary_size AS size
         WHERE size.site_id = one AND size.dictionary = dictionary_ids.dictionary
           FOR UPDATE;
        EXECUTE format(
            $query$
            WITH wanted AS (
                SELECT wanted.digest, wanted.texts
                  FROM ROWS FROM (unnest($1), unnest($2), json_array_elements($3)) AS wanted (site_id, digest, texts)
                 WHERE wanted.site_id = $4
                   AND NOT EXISTS (SELECT FROM %1$I AS known WHERE known.site_id = $4 AND known.digest = wanted.digest)
            ), added AS (
                INSERT INTO %1$I (site_id, digest, %2$s)
                SELECT $4, wanted.digest, %3$s FROM wanted ORDER BY wanted.digest LIMIT greatest($5, 0)
                RETURNING 1
            )
            SELECT (SELECT count(*) FROM added), (SELECT count(*) FROM wanted)
            $query$,
            dictionary, columns, fields
        ) INTO added, missing USING sites, digests, texts, one, room;
        UPDATE dictionary_size AS size SET entries = size.entries + added, others = size.others + missing - added
         WHERE size.site_id = one AND size.dictionary = dictionary_ids.dictionary;
        IF missing > added THEN
            EXECUTE format(
                'INSERT INTO %I (site_id, digest, %s) VALUES ($1, other_entry(), $2) ON CONFLICT DO NOTHING',
                dictionary, split_part(columns, ', ', 1)
            ) USING one, '(other)';
        END IF;
    END LOOP;
    RETURN QUERY EXECUTE find USING sites, digests;
    RETURN QUERY EXECUTE format(
        $query$
        SELECT wanted.place, other.id, true
          FROM unnest($1, $2) WITH ORDINALITY AS wanted (site_id, digest, place)
          JOIN %1$I AS other ON other.site_id = wanted.site_id AND other.digest = other_entry()
         WHERE NOT EXISTS (
            SELECT FROM %1$I AS known WHERE known.site_id = wanted.site_id AND known.digest = wanted.digest
         )
        $query$,
        dictionary
    ) USING sites, digests;
END
$$;
REVOKE EXECUTE ON FUNCTION dictionary_ids(text, integer[], uuid[], json) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION dictionary_ids(text, integer[], uuid[], json) TO hourglass_ingest;

-- The digest of the entry that stands for all values beyond the limit.
CREATE OR REPLACE FUNCTION other_entry() RETURNS uuid
    LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(substring(sha256('(other)') FOR 16), 'hex')::uuid
$$;
