-- Browsers by visits.
-- param limit integer = 5
SELECT browser AS browser, count(*) AS sessions
  FROM visit
 WHERE day BETWEEN (:from AT TIME ZONE 'UTC')::date AND (:to AT TIME ZONE 'UTC')::date
   AND start >= :from AND start < :to
 GROUP BY browser
 ORDER BY sessions DESC, browser
 LIMIT :limit
