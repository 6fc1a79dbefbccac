-- Visits by the day of their start.
SELECT clock.day::date AS date, count(visits.date) AS sessions
  FROM generate_series(
           :from AT TIME ZONE :zone, (:to AT TIME ZONE :zone) - INTERVAL '1 hour', INTERVAL '1 day'
       ) AS clock (day)
  LEFT JOIN (
    SELECT (start AT TIME ZONE :zone)::date AS date
      FROM visit
     WHERE day BETWEEN (:from AT TIME ZONE 'UTC')::date AND (:to AT TIME ZONE 'UTC')::date
       AND start >= :from AND start < :to
  ) AS visits ON visits.date = clock.day::date
 GROUP BY clock.day
 ORDER BY clock.day
