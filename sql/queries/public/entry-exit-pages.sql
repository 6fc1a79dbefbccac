-- First and last pages of visits, as pairs.
-- param limit integer = 100
SELECT entry_page, exit_page, count(*) AS sessions
  FROM visit
 WHERE day BETWEEN (:from AT TIME ZONE 'UTC')::date AND (:to AT TIME ZONE 'UTC')::date
   AND start >= :from AND start < :to
 GROUP BY entry_page, exit_page
 ORDER BY sessions DESC, entry_page, exit_page
 LIMIT :limit
