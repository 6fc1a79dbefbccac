-- Pages by the events of one name.
-- param event text = pageview
SELECT path AS page, count(*) AS count
  FROM hit
 WHERE ts >= :from AND ts < :to AND NOT bot AND name = :event
 GROUP BY path
 ORDER BY count DESC, page
