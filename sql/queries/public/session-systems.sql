-- Operating systems by visits.
-- param limit integer = 5
SELECT os AS os, count(*) AS sessions
  FROM visit
 WHERE day BETWEEN (:from AT TIME ZONE 'UTC')::date AND (:to AT TIME ZONE 'UTC')::date
   AND start >= :from AND start < :to
 GROUP BY os
 ORDER BY sessions DESC, os
 LIMIT :limit
