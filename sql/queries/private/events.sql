-- Events and their values by visitors.
-- A visitor counts once for each value; the value is the property ev.
SELECT title AS "Title", name AS "Name", props ->> 'ev' AS "Value", count(DISTINCT visitor) AS "Count"
  FROM hit
 WHERE ts >= :from AND ts < :to AND NOT bot AND name NOT IN ('pageview', 'engagement')
 GROUP BY title, name, props ->> 'ev'
 ORDER BY "Count" DESC, "Title", "Name", "Value"
