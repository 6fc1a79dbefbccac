-- Countries and regions by their visitors.
SELECT region AS state, country, count(DISTINCT visitor) AS users
  FROM visit
 WHERE day BETWEEN (:from AT TIME ZONE 'UTC')::date - 2 AND (:to AT TIME ZONE 'UTC')::date
   AND ended >= :from AND start < :to
 GROUP BY region, country
 ORDER BY users DESC, country, state
