-- Pages that visits came from.
-- Further pages of a visit come from the site itself.
SELECT referrer AS origin, count(*) AS views
  FROM visit
 WHERE day BETWEEN (:from AT TIME ZONE 'UTC')::date AND (:to AT TIME ZONE 'UTC')::date
   AND start >= :from AND start < :to
 GROUP BY referrer
 ORDER BY views DESC, origin
