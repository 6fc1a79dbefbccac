-- Properties of the events of one name, with their values.
-- param event text = pageview
SELECT property.key, property.value, count(*) AS count
  FROM hit
 CROSS JOIN LATERAL jsonb_each_text(hit.props) AS property
 WHERE hit.ts >= :from AND hit.ts < :to AND NOT hit.bot AND hit.name = :event
 GROUP BY property.key, property.value
 ORDER BY count DESC, property.key, property.value
