SET LOCAL ROLE hourglass_owner;

-- Brings the aggregates of one closed hour up to date. The marks go first: each statement sees at least what
-- the one before it saw, so an event whose mark was removed is in the aggregates, and a mark that comes later stays.
CREATE PROCEDURE refresh_hour(target timestamptz)
    LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM hourglass.touched_hour WHERE hour = target;

    DELETE FROM hourglass.second_count WHERE second >= target AND second < target + INTERVAL '1 hour';
    INSERT INTO hourglass.second_count (site_id, second, clicks, impressions)
    SELECT site_id, date_trunc('second', ts), count(*) FILTER (WHERE kind = 1), count(*) FILTER (WHERE kind = 2)
      FROM hourglass.event
     WHERE ts >= target AND ts < target + INTERVAL '1 hour'
     GROUP BY 1, 2;

    DELETE FROM hourglass.user_hour WHERE hour = target;
    INSERT INTO hourglass.user_hour (site_id, hour, user_id, first_seen, last_seen, clicks, impressions)
    SELECT site_id, target, user_id, min(ts), max(ts),
           count(*) FILTER (WHERE kind = 1), count(*) FILTER (WHERE kind = 2)
      FROM hourglass.event
     WHERE ts >= target AND ts < target + INTERVAL '1 hour'
     GROUP BY site_id, user_id;
END
$$;
