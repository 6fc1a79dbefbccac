-- Totals of dates, which are counted before their hits are dropped. A server counts them, by the same code that answers
-- reports; these functions say which, and keep them.
--
-- A report about a date needs the hits of the two days (UTC) before: a visit that goes on on the date began there. The
-- visits that start on it end within 48 hours. So when hits before a border are dropped, the dates that start in the two
-- days after it are counted as well, and hits of five days after it are not taken any more.

-- The first midnight of a zone from a moment on. Of a midnight that comes twice the second one counts, and in place of
-- one that is skipped the end of the gap.
CREATE OR REPLACE FUNCTION first_midnight(since timestamptz, zone text) RETURNS timestamptz
    LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN same >= since THEN same ELSE (date + 1)::timestamp AT TIME ZONE zone END
      FROM (SELECT (since AT TIME ZONE zone)::date AS date) AS local,
           LATERAL (SELECT date::timestamp AT TIME ZONE zone AS same) AS own
$$;

-- Ends the taking of hits that would change the dates that are counted before the next hits are dropped; returns the
-- border before which they are: hits stay a week longer than events. NULL if there is nothing to drop.
CREATE OR REPLACE FUNCTION close_dates() RETURNS timestamptz
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp SET timezone = 'UTC' SET lock_timeout = '2s' AS $$
DECLARE
    own    retention;
    border timestamptz;
BEGIN
    SELECT * INTO own FROM retention;
    border := own.kept_since - INTERVAL '7 days';
    IF border <= own.hits_since THEN
        RETURN NULL;
    END IF;
    IF own.hits_taken_since < border + INTERVAL '5 days' THEN
        -- Batches hold this lock shared, so none is about to store such a hit.
        LOCK TABLE border_lock IN EXCLUSIVE MODE;
        UPDATE retention SET hits_taken_since = greatest(hits_taken_since, border + INTERVAL '5 days');
    END IF;
    RETURN border;
END
$$;
REVOKE EXECUTE ON FUNCTION close_dates() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION close_dates() TO hourglass_maintain;

-- The sites that have hits before a border and dates that are still to be counted before these are dropped.
CREATE OR REPLACE FUNCTION uncounted_sites(border timestamptz) RETURNS SETOF integer
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    SELECT own.id
      FROM site AS own LEFT JOIN total_span AS span ON span.site_id = own.id
     WHERE own.removed_at IS NULL
       AND (span.zone = own.zone AND span.counted >= border + INTERVAL '2 days') IS NOT TRUE
       AND EXISTS (SELECT FROM hit WHERE hit.site_id = own.id AND ts < border)
     ORDER BY own.id
$$;
REVOKE EXECUTE ON FUNCTION uncounted_sites(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION uncounted_sites(timestamptz) TO hourglass_maintain;

-- The next date of a site that is to be counted before hits before a border are dropped: its zone, its start and its end.
-- When there is none, that is noted.
CREATE OR REPLACE FUNCTION next_date(site integer, border timestamptz)
    RETURNS TABLE (zone text, first timestamptz, last timestamptz)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = hourglass, pg_temp SET timezone = 'UTC' SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    own_zone text := (SELECT own.zone FROM site AS own WHERE own.id = site AND own.removed_at IS NULL);
    finish   timestamptz := first_midnight(border + INTERVAL '2 days', own_zone);
    span     total_span;
    latest   timestamptz;
BEGIN
    IF own_zone IS NULL THEN
        RETURN;
    END IF;
    INSERT INTO total_span AS known (site_id, zone, since, counted, until)
    VALUES (site, own_zone, '-infinity', '-infinity', '-infinity')
        -- Dates of another zone are other ones.
        ON CONFLICT (site_id) DO UPDATE
       SET zone = own_zone, since = first_midnight(known.until, own_zone),
           counted = first_midnight(known.until, own_zone)
     WHERE known.zone <> own_zone;
    SELECT * INTO span FROM total_span AS known WHERE known.site_id = site;
    latest := (
        SELECT min(ts) FROM hit
         WHERE hit.site_id = site AND ts >= span.counted AND ts < finish AND flags & 2 = 0
    );
    IF latest IS NULL THEN
        UPDATE total_span AS known SET counted = finish
         WHERE known.site_id = site AND known.zone = own_zone AND known.counted < finish;
        RETURN;
    END IF;
    zone := own_zone;
    -- The second of two midnights is later than some moments of its date.
    first := (
        SELECT max(date::timestamp AT TIME ZONE own_zone)
          FROM unnest(ARRAY[(latest AT TIME ZONE own_zone)::date, (latest AT TIME ZONE own_zone)::date - 1]) AS date
         WHERE date::timestamp AT TIME ZONE own_zone <= latest
    );
    last := first_midnight(latest + INTERVAL '1 microsecond', own_zone);
    RETURN NEXT;
END
$$;
REVOKE EXECUTE ON FUNCTION next_date(integer, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION next_date(integer, timestamptz) TO hourglass_maintain;

-- Keeps the totals of a date of a site, from `first` to `last`, as far as nobody has counted on since; false if they are
-- not kept. Totals of nothing have no row.
CREATE OR REPLACE FUNCTION keep_total(
    site integer, own_zone text, first timestamptz, last timestamptz,
    visitors bigint, visits bigint, pageviews bigint, events bigint, bounces bigint, duration bigint,
    visit_pageviews bigint, visit_events bigint, hits_without_visitor bigint, has_dated_visitors boolean
) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
#variable_conflict use_column
BEGIN
    UPDATE total_span AS known SET counted = keep_total.last
     WHERE known.site_id = site AND known.zone = own_zone AND known.counted <= keep_total.first;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    DELETE FROM day_total AS known
     WHERE known.site_id = site AND known.zone = own_zone AND known.date = (keep_total.first AT TIME ZONE own_zone)::date;
    INSERT INTO day_total (
        site_id, zone, date, visitors, visits, pageviews, events, bounces, duration,
        visit_pageviews, visit_events, hits_without_visitor, has_dated_visitors
    )
    SELECT site, own_zone, (keep_total.first AT TIME ZONE own_zone)::date,
           keep_total.visitors, keep_total.visits, keep_total.pageviews, keep_total.events, keep_total.bounces,
           keep_total.duration, keep_total.visit_pageviews, keep_total.visit_events,
           keep_total.hits_without_visitor, keep_total.has_dated_visitors
     WHERE greatest(keep_total.visitors, keep_total.visits, keep_total.hits_without_visitor) > 0;
    RETURN true;
END
$$;
REVOKE EXECUTE ON FUNCTION keep_total(
    integer, text, timestamptz, timestamptz, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, boolean
) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION keep_total(
    integer, text, timestamptz, timestamptz, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, boolean
) TO hourglass_maintain;

-- The part of drop_hits before the rows go: from now on the dates are answered from their totals. False if there is
-- nothing to drop, or if something has still to be counted.
CREATE OR REPLACE FUNCTION begin_dropping_hits(border timestamptz) RETURNS boolean
    LANGUAGE plpgsql AS $$
DECLARE
    own retention;
BEGIN
    -- Batches hold this lock shared, so none is about to store hits in a week that is dropped.
    LOCK TABLE border_lock IN EXCLUSIVE MODE;
    SELECT * INTO own FROM retention;
    IF border IS NULL OR border <= own.hits_since OR border <> date_trunc('week', border, 'UTC')
        OR own.hits_taken_since < border + INTERVAL '5 days' OR EXISTS (SELECT FROM uncounted_sites(border))
    THEN
        RETURN false;
    END IF;
    UPDATE total_span SET until = counted WHERE until < counted;
    UPDATE retention SET hits_since = border;
    -- Compared with the rows they would be found to be wrong.
    DELETE FROM part WHERE day < (border AT TIME ZONE 'UTC')::date;
    RETURN true;
END
$$;
REVOKE EXECUTE ON FUNCTION begin_dropping_hits(timestamptz) FROM PUBLIC;
