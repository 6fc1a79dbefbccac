-- Does the next step of the first job that is not done; returns true while there is more to do. A step is a transaction
-- of its own, so that a job goes on where it was after a crash; one that fails is tried again in the next round, and its
-- job shows the reason meanwhile.
CREATE OR REPLACE FUNCTION run_job_step() RETURNS boolean
    LANGUAGE plpgsql AS $$
DECLARE
    own   record;
    share real;
BEGIN
    SELECT job.id, job.kind, job.site_id INTO own
      FROM job WHERE job.state IN ('waiting', 'running')
     ORDER BY job.id LIMIT 1
       FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    BEGIN
        share := CASE own.kind WHEN 'remove site' THEN remove_site_step(own.site_id) END;
        -- The aggregates belong to this role, where the flavour has them.
        IF own.kind = 'remove site' AND share >= 1 THEN
            PERFORM remove_aggregates(own.site_id);
        END IF;
    EXCEPTION WHEN OTHERS THEN
        UPDATE job SET state = 'running', error = SQLERRM WHERE id = own.id;
        RETURN false;
    END;
    UPDATE job
       SET state = CASE WHEN share >= 1 THEN 'done' ELSE 'running' END,
           progress = greatest(progress, share), error = NULL,
           ended_at = CASE WHEN share >= 1 THEN now() END
     WHERE id = own.id;
    RETURN true;
END
$$;

-- Deletes a part of a removed site's data, a day of hits or events at most; returns the done share, 1 at the end.
CREATE OR REPLACE FUNCTION remove_site_step(site integer) RETURNS real
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    first timestamptz;
    part  text;
BEGIN
    IF NOT EXISTS (SELECT FROM site AS own WHERE own.id = site AND own.removed_at IS NOT NULL) THEN
        RETURN 1;
    END IF;
    SELECT min(ts) INTO first FROM hit WHERE site_id = site;
    IF first IS NOT NULL THEN
        DELETE FROM hit WHERE site_id = site AND ts >= first AND ts < first + INTERVAL '1 day';
        RETURN 0.1;
    END IF;
    SELECT min(ts) INTO first FROM event WHERE site_id = site;
    IF first IS NOT NULL THEN
        DELETE FROM event WHERE site_id = site AND ts >= first AND ts < first + INTERVAL '1 day';
        RETURN 0.4;
    END IF;
    FOREACH part IN ARRAY ARRAY[
        'rolling_hour', 'late_user', 'late_second', 'touched_hour', 'idempotency_key', 'hit_id_0', 'hit_id_1',
        'hit_id_2', 'hit_id_3', 'name', 'host', 'path', 'title', 'place', 'agent', 'origin', 'dictionary_size',
        'dictionary_limit', 'alias', 'person', 'refusal', 'refused_hit', 'site_day'
    ] LOOP
        EXECUTE format('DELETE FROM %I WHERE site_id = $1', part) USING site;
    END LOOP;
    DELETE FROM site AS own WHERE own.id = site;
    RETURN 1;
END
$$;
REVOKE EXECUTE ON FUNCTION remove_site_step(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION remove_site_step(integer) TO hourglass_maintain;
