-- Visits that end on the page where they start.
-- The rate is their share of the visits that start on the page, in percent.
-- param limit integer = 100
SELECT entry_page AS page, count(*) AS sessions,
       count(*) FILTER (WHERE exit_page = entry_page) AS bounces,
       round(100.0 * count(*) FILTER (WHERE exit_page = entry_page) / count(*), 1) AS bounce_rate
  FROM visit
 WHERE day BETWEEN (:from AT TIME ZONE 'UTC')::date AND (:to AT TIME ZONE 'UTC')::date
   AND start >= :from AND start < :to AND entry_page IS NOT NULL
 GROUP BY entry_page
 ORDER BY sessions DESC, page
 LIMIT :limit
