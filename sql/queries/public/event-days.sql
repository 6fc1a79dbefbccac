-- Events of one name by day.
-- param event text = pageview
SELECT clock.day::date AS date, count(hits.date) AS count
  FROM generate_series(
           :from AT TIME ZONE :zone, (:to AT TIME ZONE :zone) - INTERVAL '1 hour', INTERVAL '1 day'
       ) AS clock (day)
  LEFT JOIN (
    SELECT (ts AT TIME ZONE :zone)::date AS date
      FROM hit
     WHERE ts >= :from AND ts < :to AND NOT bot AND name = :event
  ) AS hits ON hits.date = clock.day::date
 GROUP BY clock.day
 ORDER BY clock.day
