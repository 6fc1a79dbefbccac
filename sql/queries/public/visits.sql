-- Visitors and page views by day.
-- Days without any are listed too.
SELECT clock.day::date AS date,
       count(DISTINCT hits.visitor) AS users,
       count(*) FILTER (WHERE hits.name = 'pageview') AS views
  FROM generate_series(
           :from AT TIME ZONE :zone, (:to AT TIME ZONE :zone) - INTERVAL '1 hour', INTERVAL '1 day'
       ) AS clock (day)
  LEFT JOIN (
    SELECT (ts AT TIME ZONE :zone)::date AS date, visitor, name
      FROM hit
     WHERE ts >= :from AND ts < :to AND NOT bot AND name <> 'engagement'
  ) AS hits ON hits.date = clock.day::date
 GROUP BY clock.day
 ORDER BY clock.day
