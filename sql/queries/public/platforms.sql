-- Operating systems by their visitors.
SELECT os AS platform, count(DISTINCT visitor) AS users
  FROM visit
 WHERE day BETWEEN (:from AT TIME ZONE 'UTC')::date - 2 AND (:to AT TIME ZONE 'UTC')::date
   AND ended >= :from AND start < :to
 GROUP BY os
 ORDER BY users DESC, platform
