-- Servers keep the live hours in memory and follow the batches of the others (tables server and live_batch).
-- A server begins with register_server; when that is committed, await_writers; and then a snapshot of the events. From
-- there on live_batches gives the events that the snapshot before does not show.

-- Registers a server: from the commit on, the others have to hand it their live events.
CREATE OR REPLACE FUNCTION register_server(own uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    INSERT INTO server (id) VALUES (own) ON CONFLICT (id) DO UPDATE SET seen_at = now()
$$;

-- Removes a server that stops.
CREATE OR REPLACE FUNCTION leave_server(own uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    DELETE FROM server WHERE id = own
$$;

-- Waits for the end of the batches that have begun.
CREATE OR REPLACE FUNCTION await_writers() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
BEGIN
    LOCK TABLE border_lock IN EXCLUSIVE MODE;
END
$$;
REVOKE EXECUTE ON FUNCTION await_writers() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION await_writers() TO hourglass_read;

-- The live events that other servers have committed since a snapshot, with the snapshot to ask with the next time.
-- There is always a row, without events when nothing has been committed. One statement, so everything is as of one
-- moment. A server that is not registered has to read everything again, and so is one that has events in memory which
-- were deleted since.
CREATE OR REPLACE FUNCTION live_batches(own uuid, previous text)
    RETURNS TABLE (snapshot text, is_registered boolean, has_others boolean, site_id integer, events bytea)
    LANGUAGE sql STABLE AS $$
    SELECT pg_current_snapshot()::text,
           EXISTS (SELECT FROM server WHERE id = own)
               AND NOT EXISTS (
                SELECT FROM rewritten
                 WHERE xid >= pg_snapshot_xmin(previous::pg_snapshot)
                   AND NOT pg_visible_in_snapshot(xid, previous::pg_snapshot)
             ),
           EXISTS (SELECT FROM server WHERE id <> own),
           batch.site_id,
           batch.events
      FROM (SELECT) AS always
      LEFT JOIN live_batch AS batch
        ON batch.xid >= pg_snapshot_xmin(previous::pg_snapshot)
       AND NOT pg_visible_in_snapshot(batch.xid, previous::pg_snapshot)
       AND batch.server_id <> own
$$;

-- Deletes servers that have not called for a minute, and live events that all servers have had time to read.
CREATE OR REPLACE FUNCTION forget_servers() RETURNS void
    LANGUAGE sql AS $$
    DELETE FROM server WHERE seen_at < now() - INTERVAL '1 minute';
    DELETE FROM live_batch WHERE committed_at < now() - INTERVAL '5 minutes';
    DELETE FROM rewritten WHERE committed_at < now() - INTERVAL '5 minutes';
$$;
