-- Cities by visitors, visits and page views.
-- There are no addresses, so the users of a place are its visitors.
WITH visits AS MATERIALIZED (
    SELECT visitor, start, ended, city, region, country
      FROM visit
     WHERE day BETWEEN (:from AT TIME ZONE 'UTC')::date - 2 AND (:to AT TIME ZONE 'UTC')::date
       AND ended >= :from AND start < :to
), hits AS (
    -- A hit has the place of its visit, and one of nobody its own.
    SELECT CASE WHEN hit.visitor IS NULL THEN hit.city ELSE visits.city END AS city,
           CASE WHEN hit.visitor IS NULL THEN hit.region ELSE visits.region END AS region,
           CASE WHEN hit.visitor IS NULL THEN hit.country ELSE visits.country END AS country,
           hit.visitor, visits.start, hit.name
      FROM hit
      LEFT JOIN visits ON visits.visitor = hit.visitor AND hit.ts BETWEEN visits.start AND visits.ended
     WHERE hit.ts >= :from AND hit.ts < :to AND NOT hit.bot AND hit.name <> 'engagement'
)
SELECT city, region AS state, country,
       count(DISTINCT visitor) AS users,
       count(DISTINCT visitor) AS clients,
       count(DISTINCT (visitor, start)) FILTER (WHERE start >= :from) AS sessions,
       count(*) FILTER (WHERE name = 'pageview') AS views
  FROM hits
 GROUP BY city, region, country
 ORDER BY users DESC, country, state, city
