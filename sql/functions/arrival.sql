-- Arrivals: how many hits came at another time than their own, and when (table arrival).

-- Joins the rows with hits of the same quarter of an hour that arrived in the same `seconds` seconds, if these are over
-- before a moment. The rows of one such time are joined together, but for those whose transactions ended later.
CREATE OR REPLACE FUNCTION join_arrivals(seconds integer, before timestamptz) RETURNS void
    LANGUAGE sql AS $$
    WITH fine AS (
        DELETE FROM arrival
         WHERE step < 900 AND step < seconds
           AND arrived < to_timestamp(floor(extract(epoch FROM before) / seconds) * seconds)
        RETURNING *
    )
    INSERT INTO arrival (site_id, quarter, arrived, step, hits, bots)
    SELECT site_id, quarter, to_timestamp(floor(extract(epoch FROM arrived) / seconds) * seconds), seconds,
           sum(hits), sum(bots)
      FROM fine
     GROUP BY 1, 2, 3
$$;

-- Keeps arrivals to the second for an hour, to the minute for a day, and then to the quarter of an hour: all periods of
-- dates begin on a quarter, so that it is exact for ever how many hits of a period came after its end.
CREATE OR REPLACE FUNCTION prune_arrivals() RETURNS void
    LANGUAGE sql AS $$
    SELECT join_arrivals(60, now() - INTERVAL '1 hour');
    SELECT join_arrivals(900, now() - INTERVAL '1 day');
$$;
