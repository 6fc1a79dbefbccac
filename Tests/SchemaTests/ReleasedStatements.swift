/// The statements of all servers that may meet the schema of this program, by the role that sends them.
///
/// A statement is removed when the compatibility number of the schema is above the last schema whose servers send it.
enum ReleasedStatements {
    static let all: [(role: String, statements: [String])] = [
        ("hourglass_ingest", ingest), ("hourglass_read", read), ("hourglass_maintain", maintain),
        ("hourglass_registry", registry),
    ]

    private static let ingest = [
        // From schema 36 on.
        "SELECT add_own_segment($1, $2, $3, $4::text::jsonb)",
        "SELECT remove_own_segment($1, $2, $3)",
        // From schema 31 on.
        "SELECT add_segment($1, $2, $3::text::jsonb)",
        "SELECT remove_segment($1, $2)",
        "SELECT add_note($1, $2::text::date, $3)",
        "SELECT remove_note($1, $2)",
        "SELECT id, date, text FROM notes($1, $2::text::date, $3::text::date)",
        // From schema 29 on.
        "SELECT site_id, key, answer, fingerprint, hit_id::text FROM open_batch($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
            + "$11, $12, $13, $14, $15, $16, $17::text[]::uuid[], $18, $19, 0, $20, $21, $22, $23, $24, $25)",
        "SELECT keep_part($1, $2, $3, $4, $5, $6)",
        "SELECT 1 FROM note_share_uses($1, $2)",
        // Up to schema 11.
        "SELECT key, answer FROM open_batch($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        "SELECT key, answer FROM repeated_keys($1, $2, $3)",
        // From schema 12 on.
        "SELECT key, answer, fingerprint FROM open_batch($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        "SELECT key, answer, fingerprint FROM used_keys($1, $2, $3)",
        "INSERT INTO event (ts, site_id, kind, user_id) SELECT ts, $1, kind, user_id "
            + "FROM unnest($2::timestamptz[], $3::smallint[], $4::text[]) AS new (ts, kind, user_id)",
        // From schema 19 on.
        "SELECT site_id, key, answer, fingerprint, hit_id::text FROM open_batch($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
            + "$11, $12, $13, $14, $15, $16, $17::text[]::uuid[], $18, $19, 0)",
        // From schema 24 on.
        "SELECT site_id, key, answer, fingerprint, hit_id::text FROM open_batch($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
            + "$11, $12, $13, $14, $15, $16, $17::text[]::uuid[], $18, $19, 0, $20, $21, $22)",
        "SELECT last, place, at, is_pending FROM compare_forgotten($1, $2)",
        "SELECT id, created FROM forget_user($1, $2, $3)",
        "SELECT site_id, key, answer, fingerprint FROM known_keys($1, $2, $3)",
        "SELECT place, id, is_other FROM dictionary_ids($1, $2, $3::text[]::uuid[], $4::text::json)",
        "INSERT INTO event (ts, site_id, kind, user_id) "
            + "SELECT * FROM unnest($1::timestamptz[], $2::integer[], $3::smallint[], $4::text[])",
        "SELECT EXISTS ( SELECT FROM pg_constraint WHERE conrelid IN "
            + "('hourglass.event'::regclass, 'hourglass.hit'::regclass) AND contype = 'c' AND conname = $1 )",
        // From schema 23 on.
        "SELECT place, id, is_other FROM dictionary_ids($1, $2, $3::text[]::uuid[], $4::text::json, $5)",
        // From schema 22 on.
        "SELECT 1 FROM note_refusals($1::text::json, $2::text::json)",
        "SELECT version, document FROM read_registry($1, $2)",
        "SELECT 1 FROM leave_registry($1)",
        "SELECT 1 FROM make_salts()",
        "SELECT 1 FROM note_key_uses($1, $2)",
        "SELECT site_id, hits FROM note_site_hits(DATE '1970-01-01' + $1::integer, $2, $3)",
        // From schema 11 on.
        "SELECT record, part FROM locate_spool($1, $2, $3)",
        "SELECT advance_spool($1, $2, $3, $4, $5)",
        "SELECT EXISTS ( SELECT FROM pg_constraint "
            + "WHERE conrelid = 'hourglass.event'::regclass AND contype = 'c' AND conname = $1 )",
        "SELECT NOT pg_is_in_recovery() AND NOT current_setting('transaction_read_only')::boolean",
        "SELECT least( CASE WHEN r.rolconnlimit >= 0 THEN r.rolconnlimit END, "
            + "CASE WHEN d.datconnlimit >= 0 THEN d.datconnlimit END, current_setting('max_connections')::integer "
            + "- current_setting('superuser_reserved_connections')::integer "
            + "- coalesce(current_setting('reserved_connections', true), '0')::integer ) "
            + "FROM pg_roles AS r, pg_database AS d WHERE r.rolname = session_user AND d.datname = current_database()",
        // From schema 25 on.
        "SELECT add_goal($1, $2, $3, $4, $5, $6, $7::text::jsonb, $8)",
        "SELECT remove_goal($1, $2)",
    ]

    private static let read = [
        // From schema 40 on.
        "SELECT to_char(greatest((SELECT max(ts) FROM hit_row WHERE site_id = $1), "
            + "(SELECT max(ts) FROM event WHERE site_id = $1)) AT TIME ZONE $2::text, 'YYYY-MM-DD')",
        // From schema 39 on.
        "SELECT count(*), coalesce(max(extract(day FROM wanted.border - first.ts)), 0)::bigint FROM site, "
            + "LATERAL ( SELECT date_trunc('day', now(), 'UTC') - (settings ->> 'retention_days')::integer * "
            + "INTERVAL '1 day' ) AS wanted (border), LATERAL ( SELECT least( ( SELECT ts FROM any_hit_row AS hit "
            + "WHERE hit.site_id = site.id AND ts < wanted.border - INTERVAL '2 days' ORDER BY ts LIMIT 1 ), ( "
            + "SELECT ts FROM event WHERE event.site_id = site.id AND ts < wanted.border - INTERVAL '2 days' ORDER "
            + "BY ts LIMIT 1 ) ) ) AS first (ts) WHERE first.ts IS NOT NULL",
        "SELECT site_id, (extract(epoch FROM events_since) * 1000)::bigint FROM site_retention WHERE "
            + "isfinite(events_since)",
        // From schema 38 on.
        "SELECT count(*), coalesce(max(extract(day FROM wanted.border - first.ts)), 0)::bigint FROM site, LATERAL ( "
            + "SELECT date_trunc('day', now(), 'UTC') - (settings ->> 'retention_days')::integer * INTERVAL '1 day' ) "
            + "AS wanted (border), LATERAL ( SELECT ts FROM any_hit_row AS hit WHERE hit.site_id = site.id "
            + "AND ts < wanted.border - INTERVAL '2 days' ORDER BY ts LIMIT 1 ) AS first",
        // From schema 36 on.
        "SELECT hourglass.sign_site($1, $2)",
        "SELECT class.relname::text, coalesce(obj_description(class.oid, 'pg_class'), ''), attribute.attname::text, "
            + "format_type(attribute.atttypid, attribute.atttypmod), "
            + "coalesce(col_description(class.oid, attribute.attnum::integer), '') FROM pg_class AS class "
            + "JOIN pg_attribute AS attribute ON attribute.attrelid = class.oid "
            + "WHERE class.relnamespace = 'hourglass_query'::regnamespace AND class.relkind = 'v' "
            + "AND attribute.attnum > 0 AND NOT attribute.attisdropped ORDER BY class.relname, attribute.attnum",
        // From schema 35 on.
        "SELECT (extract(epoch FROM hits_since) * 1000)::bigint FROM site_retention WHERE site_id = $1 AND "
            + "isfinite(hits_since)",
        "SELECT current_database()::text, pg_database_size(current_database())",
        "SELECT current_setting('server_version_num')::integer, extract(epoch FROM "
            + "clock_timestamp())::double precision, current_setting('fsync')::boolean, "
            + "current_setting('full_page_writes')::boolean, current_setting('autovacuum')::boolean, "
            + "pg_size_bytes(current_setting('shared_buffers')), "
            + "current_setting('max_locks_per_transaction')::integer, (SELECT extversion FROM pg_extension WHERE "
            + "extname = 'timescaledb'), (SELECT default_version FROM pg_available_extensions WHERE name = "
            + "'timescaledb')",
        "SELECT pg_current_snapshot()::text, (SELECT zone FROM site WHERE id = $1), (SELECT "
            + "greatest(hits_since, (SELECT hits_since FROM site_retention WHERE site_id = $1)) FROM retention)",
        "SELECT site_id, (extract(epoch FROM taken_since) * 1000)::bigint FROM (SELECT site_id, taken_since "
            + "FROM site_retention UNION ALL SELECT 0, hits_taken_since FROM retention) AS known WHERE "
            + "isfinite(taken_since)",
        // From schema 32 on.
        "SELECT span.site_id, span.zone, span.zone = site.zone, CASE WHEN isfinite(span.since) THEN "
            + "span.since END, (SELECT min(date)::timestamp AT TIME ZONE span.zone FROM day_total AS total "
            + "WHERE total.site_id = span.site_id AND total.zone = span.zone), span.until, (span.until AT TIME "
            + "ZONE span.zone)::date::text FROM total_span AS span JOIN site ON site.id = span.site_id WHERE "
            + "span.site_id = ANY($1::integer[]) AND isfinite(span.until)",
        "SELECT first::timestamp AT TIME ZONE $1 = $2 AND last::timestamp AT TIME ZONE $1 = $3, last - "
            + "first FROM (SELECT ($2::timestamptz AT TIME ZONE $1)::date AS first, ($3::timestamptz AT TIME "
            + "ZONE $1)::date AS last) AS own",
        "SELECT date::timestamp AT TIME ZONE zone, visitors, visits, pageviews, events, bounces, "
            + "duration, visit_pageviews, visit_events, hits_without_visitor, has_dated_visitors FROM "
            + "day_total WHERE site_id = $1 AND zone = $2 AND date >= ($3::timestamptz AT TIME ZONE $2)::date "
            + "AND date < ($4::timestamptz AT TIME ZONE $2)::date ORDER BY date",
        "SELECT pg_current_snapshot()::text, (SELECT zone FROM site WHERE id = $1), (SELECT hits_since "
            + "FROM retention)",
        // From schema 33 on.
        "SELECT coalesce(sum(hits), 0)::bigint, coalesce(sum(bots), 0)::bigint FROM arrival "
            + "WHERE site_id = $1 AND quarter >= $2 AND quarter < $3 AND arrived >= $3",
        "SELECT count(*), count(*) FILTER (WHERE flags & 2 <> 0) FROM sent_hit "
            + "WHERE site_id = $1 AND ts >= $2 AND ts < $3 AND flags & 32 = 0",
        "SELECT to_char(quarter AT TIME ZONE $4::text, $5::text), sum(hits)::bigint, sum(bots)::bigint, "
            + "min(arrived), max(arrived + step * INTERVAL '1 second'), max(step) FROM arrival "
            + "WHERE site_id = $1 AND quarter >= $2 AND quarter < $3 "
            + "AND arrived + step * INTERVAL '1 second' > $6 AND arrived < $7 GROUP BY 1 ORDER BY 1",
        "SELECT created_at, ended_at FROM job WHERE site_id = $1 AND kind = 'forget user' "
            + "AND created_at < $3 AND coalesce(ended_at, 'infinity') >= $2 ORDER BY id DESC LIMIT 1000",
        "SELECT name, created_at FROM goal WHERE site_id = $1 AND created_at >= $2 AND created_at < $3 "
            + "ORDER BY created_at, id LIMIT 1000",
        "SELECT count(*), min(added_at), max(added_at) FROM alias "
            + "WHERE site_id = $1 AND added_at >= $2 AND added_at < $3",
        "SELECT applied_at FROM hourglass.schema_migration WHERE name = 'arrival'",
        // From schema 30 on.
        "SELECT days FROM part_gap",
        // From schema 31 on.
        "SELECT (SELECT count(*) FROM any_hit_row WHERE site_id = $1 AND ts >= $2 AND ts < $3 AND is_bot), "
            + "(SELECT coalesce(sum(count), 0)::bigint FROM refusal "
            + "WHERE site_id = $1 AND hour >= date_trunc('hour', $2::timestamptz, 'UTC') AND hour < $3)",
        // From schema 29 on.
        "SELECT pg_current_snapshot()::text, (SELECT zone FROM site WHERE id = $1), (SELECT kept_since FROM retention)",
        "SELECT lower(range), upper(range) FROM unnest(( SELECT range_agg(tstzrange(first, last, '[]')) FROM touched_time "
            + "WHERE site_id = $1 "
            + "AND xid >= (SELECT min(pg_snapshot_xmin(known::pg_snapshot)) FROM unnest($2::text[]) AS known) "
            + "AND EXISTS ( SELECT FROM unnest($2::text[]) AS known "
            + "WHERE NOT pg_visible_in_snapshot(xid, known::pg_snapshot) ) )) AS range",
        "SELECT visitor, user_visitor FROM alias WHERE site_id = $1 "
            + "AND xid >= (SELECT min(pg_snapshot_xmin(known::pg_snapshot)) FROM unnest($2::text[]) AS known) "
            + "AND EXISTS ( SELECT FROM unnest($2::text[]) AS known "
            + "WHERE NOT pg_visible_in_snapshot(xid, known::pg_snapshot) )",
        "SELECT day, covers::text, data FROM part WHERE site_id = $1 AND day BETWEEN $2 AND $3 AND zone = $4",
        "SELECT id FROM site WHERE name = $1",
        "SELECT unique_users, clicks, impressions FROM rollup($1, $2)",
        // From schema 22 on.
        "SELECT extract(epoch FROM hour)::bigint, reason, count FROM refusal "
            + "WHERE site_id = $1 AND hour >= $2 ORDER BY hour DESC, count DESC, reason LIMIT 10000",
        "SELECT (extract(epoch FROM at) * 1000)::bigint, reason, hit::text FROM refused_hit "
            + "WHERE site_id = $1 AND at >= $2 AND at >= now() - INTERVAL '24 hours' ORDER BY id DESC LIMIT 100",
        "SELECT format('%I.%I', schemaname, relname), n_dead_tup FROM pg_stat_user_tables "
            + "WHERE n_dead_tup >= 100000 AND n_dead_tup > n_live_tup / 2 ORDER BY n_dead_tup DESC, relid LIMIT 1",
        "SELECT coalesce(sum(count), 0)::bigint FROM refusal "
            + "WHERE site_id = $1 AND hour >= date_trunc('hour', $2::timestamptz, 'UTC') AND hour < $3",
        "SELECT (extract(epoch FROM at) * 1000)::bigint, reason, hit #>> '{}' FROM refused_hit "
            + "WHERE site_id = $1 AND at >= $2 AND at >= now() - INTERVAL '24 hours' ORDER BY id DESC LIMIT 100",
        // From schema 24 on.
        "SELECT user_id, traits::text, (extract(epoch FROM first_seen) * 1000)::bigint, "
            + "(extract(epoch FROM last_seen) * 1000)::bigint FROM person WHERE site_id = $1 AND visitor = $2",
        "SELECT at, contents FROM user_hits($1, $2, $3, $4, $5)",
        "SELECT id, kind, state, progress::float8, error, (extract(epoch FROM created_at) * 1000)::bigint, "
            + "(extract(epoch FROM ended_at) * 1000)::bigint FROM job WHERE site_id = $1 AND id < $2 "
            + "ORDER BY id DESC LIMIT $3",
        "SELECT CASE WHEN isfinite(kept_since) THEN (extract(epoch FROM kept_since) * 1000)::bigint END FROM retention",
        "SELECT register_server($1)",
        "SELECT leave_server($1)",
        "SELECT await_writers()",
        "SELECT pg_current_snapshot()::text",
        // Up to schema 13.
        "SELECT min(ts) FROM event WHERE ts >= $1",
        "SELECT site_id, ts, kind, user_id FROM event WHERE ts >= to_timestamp($1) AND ts < to_timestamp($2)",
        // From schema 14 on.
        "SELECT min(first.ts) FROM site, "
            + "LATERAL (SELECT ts FROM event WHERE site_id = site.id AND ts >= $1 ORDER BY ts LIMIT 1) AS first",
        "SELECT site_id, ts, kind, user_id FROM site JOIN event ON event.site_id = site.id "
            + "WHERE ts >= to_timestamp($1) AND ts < to_timestamp($2)",
        "SELECT snapshot, is_registered, has_others, site_id, events FROM live_batches($1, $2)",
        "SELECT rolname::text, rolsuper, pg_has_role(oid, 'hourglass_owner', 'MEMBER') "
            + "FROM pg_roles WHERE rolname = session_user",
        "SELECT number, name, flavour, checksum, coalesce((to_jsonb(m)->>'compatible_with')::integer, number) "
            + "FROM hourglass.schema_migration AS m ORDER BY number",
    ]

    private static let maintain = [
        // From schema 39 on.
        "SELECT site, border FROM sites_with_old_events()",
        "SELECT close_old_events($1, $2)",
        "SELECT delete_old_events($1)",
        // From schema 38 on.
        "SELECT hasten_vacuum()",
        // From schema 35 on.
        "SELECT close_site_dates($1, $2)",
        "SELECT delete_old_hits($1, $2)",
        "SELECT site, border FROM shortened_sites()",
        // From schema 32 on.
        "SELECT close_dates()",
        "SELECT uncounted_sites($1)",
        "SELECT zone, first, last FROM next_date($1, $2)",
        "SELECT keep_total($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        "SELECT drop_hits($1)",
        // From schema 30 on.
        "SELECT site_id, day FROM missing_parts($1)",
        "SELECT site_id, day, hits, rows FROM check_parts(make_interval(secs => $1::int / 1000.0))",
        "SELECT note_part_gap($1)",
        // Up to schema 18.
        "SELECT pg_try_advisory_lock($1)",
        // From schema 19 on.
        "SELECT coalesce(take_maintenance($1), false)",
        "SELECT leave_maintenance($1)",
        "SELECT prepare_hours()",
        "SELECT turn_hit_ids()",
        "SELECT close_hours(make_interval(secs => $1::int))",
        "SELECT touched_hours(make_interval(secs => $1::int))",
        "CALL refresh_hour(to_timestamp($1::bigint))",
        "SELECT prune()",
        "SELECT forget_servers()",
        // From schema 22 on.
        "SELECT run_job_step()",
        // From schema 24 on.
        "SELECT take_job($1, make_interval(secs => $2::int))",
        "SELECT step_job($1, $2, make_interval(secs => $3::int))",
        "SELECT put_off_job($1, $2, $3)",
        "SELECT leave_job($1, $2)",
        "SELECT drop_events(now() - make_interval(secs => $1::int))",
        "SELECT compress_events(now() - make_interval(secs => $1::int))",
    ]

    private static let registry = [
        // From schema 37 on.
        "SELECT id, label, filters::text, password IS NOT NULL, (extract(epoch FROM created_at) * 1000)::bigint, "
            + "(extract(epoch FROM used_at) * 1000)::bigint, (extract(epoch FROM revoked_at) * 1000)::bigint "
            + "FROM share WHERE site_id = $1 ORDER BY id",
        "SELECT add_guarded_share($1, $2, $3::text::jsonb, $4, $5)",
        "SELECT set_share_password($1, $2)",
        // From schema 35 on.
        "SELECT site, first::text, hits, recent, recent_days, bytes FROM site_sizes()",
        // From schema 31 on.
        "SELECT add_segment($1, $2, $3::text::jsonb)",
        "SELECT remove_segment($1, $2)",
        "SELECT add_note($1, $2::text::date, $3)",
        "SELECT remove_note($1, $2)",
        "SELECT id, date, text FROM notes($1, $2::text::date, $3::text::date)",
        // From schema 29 on.
        "SELECT add_share($1, $2, $3::text::jsonb, $4)",
        "SELECT id, label, filters::text, (extract(epoch FROM created_at) * 1000)::bigint, "
            + "(extract(epoch FROM used_at) * 1000)::bigint, (extract(epoch FROM revoked_at) * 1000)::bigint "
            + "FROM share WHERE site_id = $1 ORDER BY id",
        // From schema 22 on.
        "SELECT lagging_readers((SELECT version FROM registry_version))",
        "SELECT registry_document()",
        "SELECT id, scope, label, text, (extract(epoch FROM created_at) * 1000)::bigint, "
            + "(extract(epoch FROM used_at) * 1000)::bigint, (extract(epoch FROM revoked_at) * 1000)::bigint "
            + "FROM access_key WHERE site_id = $1 ORDER BY id",
        "SELECT job.id, job.kind, site.name, job.state, job.progress::float8, job.error, "
            + "(extract(epoch FROM job.created_at) * 1000)::bigint, (extract(epoch FROM job.ended_at) * 1000)::bigint "
            + "FROM job LEFT JOIN site ON site.id = job.site_id ORDER BY job.id DESC LIMIT $1",
        "SELECT add_site($1, $2, $3, $4::text::jsonb, $5)",
        "SELECT 1 FROM set_site($1, $2, $3, $4::text::jsonb)",
        "SELECT 1 FROM rename_site($1, $2)",
        "SELECT remove_site($1)",
        "SELECT add_key($1, $2, $3, $4, $5)",
        "SELECT 1 FROM revoke_key($1)",
        // From schema 25 on.
        "SELECT add_goal($1, $2, $3, $4, $5, $6, $7::text::jsonb, $8)",
        "SELECT remove_goal($1, $2)",
    ]
}
