-- The index of events becomes (site_id, ts): a question about a small site in an open hour then reads its events and no
-- others. A refresh of the aggregates reads an hour of all sites, for which a BRIN index on time is enough.
--
-- Built on one chunk after the other while servers store events and answer, beside the index that it replaces. Chunks
-- that are made meanwhile have both from the beginning. What takes a lock gives up after half a second.
--
-- An index is made in the schema of its table, and that of chunks belongs to the extension. A role that may not create
-- anything there leaves the work to the extension, chunk by chunk as well; batches wait for the one of their chunk.
WITH may AS (
    SELECT has_schema_privilege('_timescaledb_internal', 'CREATE') AS create_on_chunks
), wanted (name, definition, kind) AS (
    VALUES ('event_time', 'USING brin (ts) WITH (autosummarize=''on'')', 1),
           ('event_site', 'USING btree (site_id, ts)', 2)
), chunk AS (
    SELECT class.oid AS id, class.oid::regclass AS name, class.relname, pg_relation_size(class.oid) AS bytes,
           row_number() OVER by_name AS place, count(*) OVER () AS of
      FROM show_chunks('hourglass.event') AS shown
      JOIN pg_class AS class ON class.oid = shown
    WINDOW by_name AS (ORDER BY class.oid)
), built AS (
    SELECT chunk.id, index.indexrelid::regclass AS name, wanted.kind, index.indisvalid AS is_valid
      FROM chunk
      JOIN pg_index AS index ON index.indrelid = chunk.id
      JOIN wanted ON pg_get_indexdef(index.indexrelid) LIKE '%' || wanted.definition
), missing AS (
    SELECT chunk.*, wanted.kind, wanted.name AS index_name, wanted.definition
      FROM chunk CROSS JOIN wanted
     WHERE NOT EXISTS (SELECT FROM built WHERE built.id = chunk.id AND built.kind = wanted.kind AND is_valid)
), whole AS (
    SELECT wanted.*, index.indexrelid IS NOT NULL AS is_there, coalesce(index.indisvalid, false) AS is_valid,
           EXISTS (SELECT FROM missing WHERE missing.kind = wanted.kind) AS is_incomplete
      FROM wanted LEFT JOIN pg_index AS index ON index.indexrelid = to_regclass('hourglass.' || wanted.name)
), task (place, part, label, bytes, statement) AS (
    -- Left by a build that was interrupted.
    SELECT 0, kind, 'unfinished index on event: ' || name, 0,
           format('SET LOCAL lock_timeout = ''500ms''; DROP INDEX hourglass.%I', name)
      FROM whole CROSS JOIN may
     WHERE is_there AND (NOT is_valid OR is_incomplete AND NOT create_on_chunks)
    UNION ALL
    SELECT 1, kind, 'index on event: the definition of ' || name, 0,
           format('SET LOCAL lock_timeout = ''500ms''; CREATE INDEX %I ON ONLY hourglass.event %s', name, definition)
      FROM whole CROSS JOIN may
     WHERE NOT is_there AND (create_on_chunks OR NOT is_incomplete)
    UNION ALL
    SELECT 1, kind, format('index on event: %s on each of %s chunks, whose batches wait', whole.name, max(of)), sum(bytes),
           format(
               'CREATE INDEX %I ON hourglass.event %s', whole.name,
               replace(definition, 'WITH (', 'WITH (timescaledb.transaction_per_chunk, ')
                   || CASE WHEN definition LIKE '%WITH%' THEN '' ELSE ' WITH (timescaledb.transaction_per_chunk)' END
           )
      FROM whole CROSS JOIN may CROSS JOIN chunk
     WHERE NOT is_there AND is_incomplete AND NOT create_on_chunks
     GROUP BY kind, whole.name, definition
    UNION ALL
    SELECT 1 + place, 2 * kind - 1, format('unfinished index %s of %s (%s)', place, of, chunk.relname), 0,
           format('DROP INDEX CONCURRENTLY %s', built.name)
      FROM chunk JOIN built USING (id) CROSS JOIN may
     WHERE NOT is_valid AND create_on_chunks
    UNION ALL
    SELECT 1 + place, 2 * kind, format('index on event %s of %s (%s): %s', place, of, relname, index_name), bytes,
           format('CREATE INDEX CONCURRENTLY %I ON %s %s', relname || '_' || index_name, name, definition)
      FROM missing CROSS JOIN may
     WHERE create_on_chunks
    UNION ALL
    SELECT 2 + count(*), 1, 'old index on event: dropped', 0,
           'SET LOCAL lock_timeout = ''500ms''; DROP INDEX hourglass.event_ts'
      FROM chunk
    HAVING to_regclass('hourglass.event_ts') IS NOT NULL
)
SELECT label, bytes, statement FROM task ORDER BY place, part
