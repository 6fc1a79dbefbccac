-- Sites that keep their events for a shorter time than the server does. First no more events before a midnight are taken;
-- from then on answers about them are about whole seconds, and made from the aggregates. Then the events are deleted, one
-- day after the other in a transaction each. The aggregates of the day move to tables of their own, where no refresh of an
-- hour finds them: it makes the rows of all sites from their events.

-- The sites that have events to be deleted or that take events that would be, each with the midnight (UTC) before which
-- they are.
CREATE OR REPLACE FUNCTION sites_with_old_events() RETURNS TABLE (site integer, border timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = hourglass, pg_temp SET timezone = 'UTC' AS $$
    SELECT own.id, greatest(known.events_since, wanted.border)
      FROM site AS own
      LEFT JOIN site_retention AS known ON known.site_id = own.id
     CROSS JOIN LATERAL (
        SELECT date_trunc('day', now(), 'UTC') - (own.settings ->> 'retention_days')::integer * INTERVAL '1 day'
      ) AS wanted (border)
     WHERE own.removed_at IS NULL AND isfinite(greatest(known.events_since, wanted.border))
       AND (known.deleted_until < known.events_since OR wanted.border > coalesce(known.events_since, '-infinity'))
     ORDER BY own.id
$$;
REVOKE EXECUTE ON FUNCTION sites_with_old_events() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sites_with_old_events() TO hourglass_maintain;

-- The last midnight up to a border before which the aggregates show all events of a site.
CREATE OR REPLACE FUNCTION aggregated_until(site integer, border timestamptz) RETURNS timestamptz
    LANGUAGE sql STABLE AS $$
    SELECT date_trunc('day', least(
        border,
        (SELECT since FROM open_hour),
        (SELECT min(hour) FROM touched_hour WHERE site_id IN (site, every_site())),
        (SELECT min(hour) FROM late_user WHERE site_id = site),
        (SELECT min(second) FROM late_second WHERE site_id = site)
    ), 'UTC')
$$;

-- Ends the taking of events of a site before a border, or before its first day with an hour that has still to be refreshed.
CREATE OR REPLACE FUNCTION close_old_events(site integer, border timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
    closed timestamptz := coalesce(
        (SELECT known.events_since FROM site_retention AS known WHERE known.site_id = site), '-infinity'
    );
BEGIN
    IF aggregated_until(site, border) <= closed THEN
        RETURN;
    END IF;
    -- A site that is removed meanwhile leaves nothing behind.
    PERFORM FROM site AS own WHERE own.id = site AND own.removed_at IS NULL FOR SHARE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    -- Batches hold this lock shared, so none is about to store such an event.
    LOCK TABLE border_lock IN EXCLUSIVE MODE;
    INSERT INTO site_retention AS known (site_id, events_since) VALUES (site, aggregated_until(site, border))
        ON CONFLICT (site_id) DO UPDATE SET events_since = greatest(known.events_since, excluded.events_since);
END
$$;
REVOKE EXECUTE ON FUNCTION close_old_events(integer, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION close_old_events(integer, timestamptz) TO hourglass_maintain;

-- Deletes the oldest events of a site that close_old_events has closed, those of a day (UTC); returns their number, 0 when
-- none are left, or when an hour of the day has still to be refreshed. The aggregates belong to the role that refreshes
-- them, where the flavour has them.
CREATE OR REPLACE FUNCTION delete_old_events(site integer) RETURNS bigint
    LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
    day timestamptz;
BEGIN
    PERFORM lock_aggregates();
    day := begin_deleting_events(site);
    IF day IS NULL THEN
        RETURN 0;
    END IF;
    PERFORM move_aggregates(site, day, day + INTERVAL '1 day');
    RETURN delete_closed_events(site, day, day + INTERVAL '1 day');
END
$$;

-- The first day of a site with events to be deleted; NULL without one, or when an hour of the day has still to be refreshed.
-- A job that forgets users waits until the end of the transaction, and with it batches with rows that the job has to leave.
CREATE OR REPLACE FUNCTION begin_deleting_events(site integer) RETURNS timestamptz
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp SET timezone = 'UTC' SET lock_timeout = '2s' AS $$
DECLARE
    closed timestamptz;
    first  timestamptz;
BEGIN
    PERFORM FROM site AS own WHERE own.id = site AND own.removed_at IS NULL FOR SHARE;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    LOCK TABLE kept_event IN SHARE ROW EXCLUSIVE MODE;
    SELECT events_since INTO closed FROM site_retention AS known WHERE known.site_id = site;
    SELECT date_trunc('day', ts) INTO first
      FROM event WHERE event.site_id = site AND ts < closed ORDER BY ts LIMIT 1;
    IF first IS NULL THEN
        UPDATE site_retention AS known SET deleted_until = closed WHERE known.site_id = site;
        RETURN NULL;
    END IF;
    IF aggregated_until(site, first + INTERVAL '1 day') <= first OR EXISTS (
        SELECT FROM refresh_under_way WHERE hour >= first AND hour < first + INTERVAL '1 day'
    ) THEN
        RETURN NULL;
    END IF;
    RETURN first;
END
$$;
REVOKE EXECUTE ON FUNCTION begin_deleting_events(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION begin_deleting_events(integer) TO hourglass_maintain;

-- Deletes the events of a site between two midnights, the oldest that it has, as far as they are closed; returns their
-- number. Of the columnstore whole batches go without being unpacked, but for one that goes on over midnight.
CREATE OR REPLACE FUNCTION delete_closed_events(site integer, since timestamptz, until timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    deleted bigint;
BEGIN
    until := least(until, (SELECT events_since FROM site_retention AS known WHERE known.site_id = site));
    PERFORM allow_unpacking();
    DELETE FROM event WHERE event.site_id = site AND ts >= since AND ts < until;
    GET DIAGNOSTICS deleted = ROW_COUNT;
    -- These would be stored again for a forgotten user.
    DELETE FROM kept_event AS kept WHERE kept.site_id = site AND ts < until;
    UPDATE site_retention AS known SET deleted_until = greatest(deleted_until, until) WHERE known.site_id = site;
    RETURN deleted;
END
$$;
REVOKE EXECUTE ON FUNCTION delete_closed_events(integer, timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION delete_closed_events(integer, timestamptz, timestamptz) TO hourglass_maintain;

-- Fails with HG010 and the constraint `kept_events` when a site does not take an event of an hour any more. The detail is
-- that of refuse_dropped: a server that does not know the constraint takes it for a border of all sites.
CREATE OR REPLACE FUNCTION refuse_events_of_sites(sites integer[], hours bigint[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM unnest(sites, hours) AS stored (site, hour) JOIN site_retention AS known ON known.site_id = stored.site
         WHERE to_timestamp(stored.hour * 3600) < known.events_since
    ) THEN
        RAISE EXCEPTION 'events of this time are not kept any more by their site'
            USING ERRCODE = 'HG010', CONSTRAINT = 'kept_events', DETAIL = (
                SELECT CASE WHEN isfinite(kept_since) THEN (extract(epoch FROM kept_since) * 1000)::bigint ELSE 0 END
                  FROM retention
            );
    END IF;
END
$$;
REVOKE EXECUTE ON FUNCTION refuse_events_of_sites(integer[], bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION refuse_events_of_sites(integer[], bigint[]) TO hourglass_ingest;
