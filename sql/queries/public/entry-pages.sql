-- First pages of visits.
-- param limit integer = 100
SELECT entry_page AS page, count(*) AS sessions
  FROM visit
 WHERE day BETWEEN (:from AT TIME ZONE 'UTC')::date AND (:to AT TIME ZONE 'UTC')::date
   AND start >= :from AND start < :to
 GROUP BY entry_page
 ORDER BY sessions DESC, page
 LIMIT :limit
