-- Servers work on jobs step by step. A step is a transaction of its own, so that a job goes on where it was after a crash.
-- The server has a lease of the job, which each step extends; when it has ended, another server takes the job. While a step
-- lasts the row of the job is locked, so that nobody takes it, however long that is.

-- The number of attempts without a successful step after which a job has failed.
CREATE OR REPLACE FUNCTION most_attempts() RETURNS integer
    LANGUAGE sql IMMUTABLE AS 'SELECT 10';

-- Takes the first job that no server works on, unless one works on another job of the site; returns its id, or NULL. A job
-- whose attempts are used up has failed.
CREATE OR REPLACE FUNCTION take_job(own uuid, lease interval) RETURNS bigint
    LANGUAGE plpgsql AS $$
DECLARE
    next record;
BEGIN
    LOOP
        SELECT job.id, job.attempts INTO next
          FROM job
         WHERE job.state IN ('waiting', 'running') AND coalesce(job.lease_until <= clock_timestamp(), true)
           AND NOT EXISTS (
            SELECT FROM job AS other
             WHERE other.site_id = job.site_id AND other.id <> job.id AND other.state = 'running'
               AND other.owner IS NOT NULL AND other.lease_until > clock_timestamp()
         )
         ORDER BY job.id LIMIT 1
           FOR UPDATE OF job SKIP LOCKED;
        IF NOT FOUND THEN
            RETURN NULL;
        END IF;
        EXIT WHEN next.attempts < most_attempts();
        UPDATE job
           SET state = 'failed', error = coalesce(error, 'the servers that worked on it have ended'), ended_at = now(),
               owner = NULL, lease_until = NULL
         WHERE id = next.id;
        UPDATE forgetting SET is_active = false WHERE job_id = next.id;
    END LOOP;
    UPDATE job
       SET state = 'running', owner = own, lease_until = clock_timestamp() + lease, attempts = attempts + 1
     WHERE id = next.id;
    RETURN next.id;
END
$$;

-- Does the next step of a job that the server has taken, and extends the lease. Returns `more` when there is more to do;
-- `later` when nothing can be done now, and then the job is free; `done`; and `lost` when another server has the job.
CREATE OR REPLACE FUNCTION step_job(own uuid, wanted bigint, lease interval) RETURNS text
    LANGUAGE plpgsql AS $$
DECLARE
    task  record;
    share real;
BEGIN
    SELECT job.kind, job.site_id INTO task
      FROM job WHERE job.id = wanted AND job.owner = own AND job.state = 'running'
       FOR UPDATE;
    IF NOT FOUND THEN
        RETURN 'lost';
    END IF;
    CASE task.kind
        WHEN 'remove site' THEN
            share := remove_site_step(task.site_id);
            -- The aggregates belong to this role, where the flavour has them.
            IF share >= 1 THEN
                PERFORM remove_aggregates(task.site_id);
            END IF;
        WHEN 'forget user' THEN
            share := forget_user_step(wanted);
            IF share >= 1 THEN
                PERFORM rename_forgotten(wanted);
                PERFORM end_forgetting(wanted);
            END IF;
    END CASE;
    UPDATE job
       SET state = CASE WHEN share >= 1 THEN 'done' ELSE 'running' END,
           progress = greatest(progress, share), error = NULL, attempts = 0,
           ended_at = CASE WHEN share >= 1 THEN now() END,
           owner = CASE WHEN share < 1 THEN own END,
           lease_until = CASE
               WHEN share < 1 THEN clock_timestamp() + lease
               WHEN share IS NULL THEN clock_timestamp() + INTERVAL '2 seconds'
           END
     WHERE id = wanted;
    RETURN CASE WHEN share >= 1 THEN 'done' WHEN share < 1 THEN 'more' ELSE 'later' END;
END
$$;

-- Frees a job whose step has failed, for another attempt after a while that grows.
CREATE OR REPLACE FUNCTION put_off_job(own uuid, wanted bigint, reason text) RETURNS void
    LANGUAGE sql AS $$
    UPDATE job
       SET error = reason, owner = NULL,
           lease_until = clock_timestamp() + least(power(2, attempts), 300) * INTERVAL '1 second'
     WHERE id = wanted AND owner = own AND state = 'running'
$$;

-- Frees a job, so that any server goes on with it at once; it counts as no attempt.
CREATE OR REPLACE FUNCTION leave_job(own uuid, wanted bigint) RETURNS void
    LANGUAGE sql AS $$
    UPDATE job SET owner = NULL, lease_until = NULL, attempts = greatest(attempts - 1, 0)
     WHERE id = wanted AND owner = own AND state = 'running'
$$;

-- The same for a server of schema 23, which works on jobs while it maintains: does the next step of a job; returns true
-- while there is more to do.
CREATE OR REPLACE FUNCTION run_job_step() RETURNS boolean
    LANGUAGE plpgsql AS $$
DECLARE
    own   uuid := gen_random_uuid();
    taken bigint := take_job(own, INTERVAL '1 minute');
    state text;
BEGIN
    IF taken IS NULL THEN
        RETURN false;
    END IF;
    BEGIN
        state := step_job(own, taken, INTERVAL '1 minute');
    EXCEPTION WHEN OTHERS THEN
        PERFORM put_off_job(own, taken, SQLERRM);
        RETURN false;
    END;
    PERFORM leave_job(own, taken);
    RETURN state <> 'later';
END
$$;

-- Deletes jobs that ended thirty days ago.
CREATE OR REPLACE FUNCTION prune_jobs() RETURNS void
    LANGUAGE sql AS $$
    DELETE FROM job WHERE ended_at < now() - INTERVAL '30 days';
$$;

-- Deletes a part of a removed site's data, a day of hits or events or a compressed chunk at most; returns the done share, 1
-- at the end. The statistics of tables that lose many rows are gathered again; for events and hits hasten_vacuum does so.
CREATE OR REPLACE FUNCTION remove_site_step(site integer) RETURNS real
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    first   timestamptz;
    part    text;
    deleted bigint;
BEGIN
    IF NOT EXISTS (SELECT FROM site AS own WHERE own.id = site AND own.removed_at IS NOT NULL) THEN
        RETURN 1;
    END IF;
    SELECT min(ts) INTO first FROM hit WHERE site_id = site;
    IF first IS NOT NULL THEN
        PERFORM delete_hits_of_day(site, date_trunc('day', first));
        RETURN 0.1;
    END IF;
    SELECT min(ts) INTO first FROM event WHERE site_id = site;
    IF first IS NOT NULL THEN
        PERFORM delete_events_of_day(site, date_trunc('day', first));
        RETURN 0.4;
    END IF;
    FOREACH part IN ARRAY ARRAY[
        'rolling_hour', 'late_user', 'late_second', 'touched_hour', 'idempotency_key', 'hit_id_0', 'hit_id_1',
        'hit_id_2', 'hit_id_3', 'name', 'host', 'path', 'title', 'place', 'agent', 'origin', 'dictionary_size',
        'dictionary_limit', 'alias', 'person', 'refusal', 'refused_hit', 'site_day', 'forgetting', 'forgotten',
        'kept_event', 'kept_hit', 'touched_time', 'part', 'day_total', 'total_span',
        'arrival', 'site_retention', 'old_user_hour', 'old_second_count'
    ] LOOP
        EXECUTE format('DELETE FROM %I WHERE site_id = $1', part) USING site;
        GET DIAGNOSTICS deleted = ROW_COUNT;
        IF deleted >= 1000 THEN
            EXECUTE format('ANALYZE %I', part);
        END IF;
    END LOOP;
    DELETE FROM site AS own WHERE own.id = site;
    RETURN 1;
END
$$;
REVOKE EXECUTE ON FUNCTION remove_site_step(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION remove_site_step(integer) TO hourglass_maintain;
