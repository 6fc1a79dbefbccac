-- Sites that keep their hits for a shorter time than the server does. As for all sites, dates are counted before their hits
-- are deleted, and reports about these dates are answered from the totals. Their events are deleted by event_retention.

-- The sites that have hits to be deleted, each with the midnight (UTC) before which they are.
CREATE OR REPLACE FUNCTION shortened_sites() RETURNS TABLE (site integer, border timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = hourglass, pg_temp SET timezone = 'UTC' AS $$
    SELECT own.id, wanted.border
      FROM site AS own,
           LATERAL (
            SELECT date_trunc('day', now(), 'UTC') - (own.settings ->> 'retention_days')::integer * INTERVAL '1 day'
           ) AS wanted (border)
     WHERE own.removed_at IS NULL AND own.settings ? 'retention_days' AND isfinite(wanted.border)
       AND EXISTS (SELECT FROM hit WHERE hit.site_id = own.id AND ts < wanted.border)
     ORDER BY own.id
$$;
REVOKE EXECUTE ON FUNCTION shortened_sites() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION shortened_sites() TO hourglass_maintain;

-- Ends the taking of hits of a site that would change the dates that are counted before those before a border are deleted.
CREATE OR REPLACE FUNCTION close_site_dates(site integer, border timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp SET timezone = 'UTC' SET lock_timeout = '2s' AS $$
BEGIN
    IF EXISTS (
        SELECT FROM site_retention AS known
         WHERE known.site_id = site AND known.taken_since >= border + INTERVAL '5 days'
    ) THEN
        RETURN;
    END IF;
    -- Batches hold this lock shared, so none is about to store such a hit.
    LOCK TABLE border_lock IN EXCLUSIVE MODE;
    INSERT INTO site_retention AS known (site_id, taken_since) VALUES (site, border + INTERVAL '5 days')
        ON CONFLICT (site_id) DO UPDATE SET taken_since = greatest(known.taken_since, excluded.taken_since);
END
$$;
REVOKE EXECUTE ON FUNCTION close_site_dates(integer, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION close_site_dates(integer, timestamptz) TO hourglass_maintain;

-- Deletes the oldest hits of a site before a border, those of a day or of a table at most; returns their number, 0 when none
-- are left. Nothing is deleted as long as a date has still to be counted.
CREATE OR REPLACE FUNCTION delete_old_hits(site integer, border timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp SET timezone = 'UTC' SET lock_timeout = '2s' AS $$
DECLARE
    own   site_retention;
    first timestamptz;
BEGIN
    SELECT * INTO own FROM site_retention AS known WHERE known.site_id = site;
    IF own.hits_since IS NULL OR own.taken_since < border + INTERVAL '5 days' THEN
        RETURN 0;
    END IF;
    IF own.hits_since < border THEN
        -- Batches hold this lock shared, so none is about to store hits of the time.
        LOCK TABLE border_lock IN EXCLUSIVE MODE;
        IF NOT EXISTS (
            SELECT FROM total_span AS span JOIN site ON site.id = span.site_id AND site.zone = span.zone
             WHERE span.site_id = delete_old_hits.site AND span.counted >= border + INTERVAL '2 days'
        ) THEN
            RETURN 0;
        END IF;
        -- From now on the dates are answered from their totals.
        UPDATE total_span AS span SET until = counted WHERE span.site_id = site AND until < counted;
        UPDATE site_retention AS known SET hits_since = border WHERE known.site_id = site;
        -- Compared with the rows they would be found to be wrong.
        DELETE FROM part WHERE part.site_id = site AND day < border::date;
        DELETE FROM arrival WHERE arrival.site_id = site AND quarter < border;
    END IF;
    SELECT ts INTO first FROM hit WHERE hit.site_id = site AND ts < border ORDER BY ts LIMIT 1;
    IF first IS NULL THEN
        RETURN 0;
    END IF;
    RETURN delete_hits_of_day(site, date_trunc('day', first));
END
$$;
REVOKE EXECUTE ON FUNCTION delete_old_hits(integer, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION delete_old_hits(integer, timestamptz) TO hourglass_maintain;

-- Fails with HG010 and the constraint `kept_hits`, as refuse_dropped_hits does, when a site does not take a hit of a time
-- any more, in milliseconds since 1970.
CREATE OR REPLACE FUNCTION refuse_hits_of_sites(sites integer[], firsts bigint[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    taken timestamptz := (
        SELECT max(known.taken_since)
          FROM unnest(sites, firsts) AS stored (site, first) JOIN site_retention AS known ON known.site_id = stored.site
         WHERE to_timestamp(stored.first / 1000.0) < known.taken_since
    );
BEGIN
    IF taken IS NOT NULL THEN
        RAISE EXCEPTION 'hits of this time are not taken any more for their site'
            USING ERRCODE = 'HG010', CONSTRAINT = 'kept_hits', DETAIL = (extract(epoch FROM taken) * 1000)::bigint;
    END IF;
END
$$;
REVOKE EXECUTE ON FUNCTION refuse_hits_of_sites(integer[], bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION refuse_hits_of_sites(integer[], bigint[]) TO hourglass_ingest;
