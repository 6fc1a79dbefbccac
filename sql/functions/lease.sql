-- Lets a server maintain for ten minutes more, the longest time that one of its statements takes; false while another
-- server does, whose session is still there.
CREATE OR REPLACE FUNCTION take_maintenance(own uuid) RETURNS boolean
    LANGUAGE sql AS $$
    INSERT INTO maintenance_lease AS lease (server_id, pid, until)
    VALUES (own, pg_backend_pid(), clock_timestamp() + INTERVAL '10 minutes')
        ON CONFLICT (one) DO UPDATE SET server_id = own, pid = excluded.pid, until = excluded.until
        WHERE lease.server_id = own
           OR lease.until < clock_timestamp()
           OR NOT EXISTS (SELECT FROM pg_stat_activity AS session WHERE session.pid = lease.pid)
    RETURNING true
$$;

-- Lets another server maintain.
CREATE OR REPLACE FUNCTION leave_maintenance(own uuid) RETURNS void
    LANGUAGE sql AS 'DELETE FROM maintenance_lease WHERE server_id = own';
