-- The index of events becomes (site_id, ts): a question about a small site in an open hour then reads its events and no
-- others. What is read of all sites goes from site to site; with that, an index on time alone is not needed.
--
-- Built on one partition after the other while servers store events and answer, under the index that it replaces.
-- Partitions that are made meanwhile have it from the beginning. What takes a lock gives up after half a second.
WITH partition AS (
    SELECT inhrelid AS id, relname AS name, pg_relation_size(inhrelid) AS bytes,
           row_number() OVER by_name AS place, count(*) OVER () AS of
      FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
     WHERE inhparent = 'hourglass.event'::regclass
    WINDOW by_name AS (ORDER BY relname)
), built AS (
    SELECT partition.id, class.relname AS name, class.relispartition AS is_attached, index.indisvalid AS is_valid
      FROM partition
      JOIN pg_index AS index ON index.indrelid = partition.id
      JOIN pg_class AS class ON class.oid = index.indexrelid
     WHERE pg_get_indexdef(index.indexrelid) LIKE '%USING btree (site_id, ts)'
), whole AS (
    SELECT indisvalid AS is_valid FROM pg_index WHERE indexrelid = to_regclass('hourglass.event_site')
), task (place, part, label, bytes, statement) AS (
    SELECT 0, 0, 'index on event: the definition', 0,
           'SET LOCAL lock_timeout = ''500ms''; CREATE INDEX event_site ON ONLY hourglass.event (site_id, ts)'
     WHERE NOT EXISTS (SELECT FROM whole)
    UNION ALL
    -- Left by a build that was interrupted.
    SELECT partition.place, 1, format('unfinished index %s of %s (%s)', place, of, partition.name), 0,
           format('DROP INDEX CONCURRENTLY hourglass.%I', built.name)
      FROM partition JOIN built USING (id)
     WHERE NOT is_valid
    UNION ALL
    SELECT place, 2, format('index on event %s of %s (%s)', place, of, name), bytes,
           format('CREATE INDEX CONCURRENTLY %I ON hourglass.%I (site_id, ts)', name || '_site', name)
      FROM partition
     WHERE NOT EXISTS (SELECT FROM built WHERE built.id = partition.id AND is_valid)
    UNION ALL
    SELECT place, 3, format('index on event %s of %s (%s): attached', place, of, partition.name), 0,
           format(
               'SET LOCAL lock_timeout = ''500ms''; ALTER INDEX hourglass.event_site ATTACH PARTITION hourglass.%I',
               coalesce(built.name, partition.name || '_site')
           )
      FROM partition LEFT JOIN built ON built.id = partition.id AND is_valid
     WHERE NOT coalesce(is_attached, false)
    UNION ALL
    -- The partitions that had no index yet were dropped, and so it never became valid as a whole: it is built anew.
    SELECT 1, 4, 'unfinished index on event', 0,
           'SET LOCAL lock_timeout = ''500ms''; DROP INDEX hourglass.event_site'
      FROM whole
     WHERE NOT is_valid
       AND NOT EXISTS (
        SELECT FROM partition
         WHERE NOT EXISTS (SELECT FROM built WHERE built.id = partition.id AND is_attached AND built.is_valid)
     )
    UNION ALL
    SELECT 1 + count(*), 5, 'old index on event: dropped', 0,
           'SET LOCAL lock_timeout = ''500ms''; DROP INDEX hourglass.event_ts'
      FROM partition
    HAVING to_regclass('hourglass.event_ts') IS NOT NULL
)
SELECT label, bytes, statement FROM task ORDER BY place, part
