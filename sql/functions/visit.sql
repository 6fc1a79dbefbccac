-- The visits of a site that start in [since, until), for whoever may read the view.
CREATE OR REPLACE FUNCTION visits(site integer, since timestamptz, until timestamptz) RETURNS SETOF hourglass_read.visit
    LANGUAGE sql STABLE AS $$
    SELECT *
      FROM hourglass_read.visit
     WHERE site_id = site AND start >= since AND start < until
       AND day >= (since AT TIME ZONE 'UTC')::date
       AND day <= ((until - INTERVAL '1 microsecond') AT TIME ZONE 'UTC')::date
$$;
