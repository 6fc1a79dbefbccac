-- Brings one closed hour up to date, in one transaction. The marks are deleted first: each statement sees at least the
-- rows that the one before it saw, so an event whose mark was deleted is in the aggregates, and a later mark stays.
-- Events are read site by site, because their index begins with the site.
CREATE OR REPLACE PROCEDURE refresh_hour(target timestamptz)
    LANGUAGE plpgsql AS $$
BEGIN
    LOCK TABLE refresh_lock IN EXCLUSIVE MODE;
    DELETE FROM touched_hour WHERE hour = target;

    DELETE FROM second_count WHERE second >= target AND second < target + INTERVAL '1 hour';
    INSERT INTO second_count (site_id, second, clicks, impressions, sharp_clicks, sharp_impressions)
    SELECT site_id, date_trunc('second', ts),
           count(*) FILTER (WHERE kind = 1),
           count(*) FILTER (WHERE kind = 2),
           count(*) FILTER (WHERE kind = 1 AND ts = date_trunc('second', ts)),
           count(*) FILTER (WHERE kind = 2 AND ts = date_trunc('second', ts))
      FROM site JOIN event ON event.site_id = site.id
     WHERE ts >= target AND ts < target + INTERVAL '1 hour'
     GROUP BY 1, 2;

    DELETE FROM user_hour WHERE hour = target;
    INSERT INTO user_hour (site_id, hour, user_id, first_seen, last_seen, clicks, impressions)
    SELECT site_id, target, user_id, min(ts), max(ts),
           count(*) FILTER (WHERE kind = 1), count(*) FILTER (WHERE kind = 2)
      FROM site JOIN event ON event.site_id = site.id
     WHERE ts >= target AND ts < target + INTERVAL '1 hour'
     GROUP BY site_id, user_id;

    PERFORM roll(target);
END
$$;
