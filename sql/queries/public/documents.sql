-- Pages by their views.
-- Those of this machine (localhost) are left out.
SELECT coalesce(host, '') || coalesce(path, '') AS uri, title AS doc_title, count(*) AS views
  FROM hit
 WHERE ts >= :from AND ts < :to AND NOT bot AND name = 'pageview'
   AND coalesce(host, '') NOT IN ('localhost', '127.0.0.1')
 GROUP BY host, path, title
 ORDER BY views DESC, uri, doc_title
