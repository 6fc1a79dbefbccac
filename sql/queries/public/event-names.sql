-- Events by name.
SELECT name AS event, count(*) AS count
  FROM hit
 WHERE ts >= :from AND ts < :to AND NOT bot AND name NOT IN ('engagement', 'impression')
 GROUP BY name
 ORDER BY count DESC, event
