CREATE OR REPLACE VIEW hourglass_read.late_second AS
    SELECT site_id, second, clicks, impressions, sharp_clicks, sharp_impressions,
           known_clicks, known_impressions, known_sharp_clicks, known_sharp_impressions
      FROM hourglass.late_second;
GRANT SELECT ON hourglass_read.late_second TO hourglass_read;
