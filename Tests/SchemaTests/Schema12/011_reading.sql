SET LOCAL ROLE hourglass_owner;

-- Who answers questions sees these views and no table: they stand before the tables of the same names in the search path
-- of hourglass_read, so that the functions of 008_rollup.sql and 009_follow.sql read them. They name their columns: what a
-- table gets besides stays hidden until it is put here.

CREATE VIEW hourglass_read.site AS
    SELECT id, name FROM hourglass.site;

CREATE VIEW hourglass_read.event AS
    SELECT ts, site_id, kind, user_id FROM hourglass.event;

CREATE VIEW hourglass_read.second_count AS
    SELECT site_id, second, clicks, impressions, sharp_clicks, sharp_impressions FROM hourglass.second_count;

CREATE VIEW hourglass_read.user_hour AS
    SELECT site_id, hour, user_id, first_seen, last_seen, clicks, impressions FROM hourglass.user_hour;

CREATE VIEW hourglass_read.rolling_hour AS
    SELECT site_id, hour, unique_users, clicks, impressions FROM hourglass.rolling_hour;

CREATE VIEW hourglass_read.open_hour AS
    SELECT since FROM hourglass.open_hour;

CREATE VIEW hourglass_read.touched_hour AS
    SELECT site_id, hour FROM hourglass.touched_hour;

CREATE VIEW hourglass_read.late_user AS
    SELECT site_id, hour, user_id, first_seen, last_seen, known_first, known_last FROM hourglass.late_user;

CREATE VIEW hourglass_read.late_second AS
    SELECT site_id, second, clicks, impressions, sharp_clicks, sharp_impressions,
           known_clicks, known_impressions, known_sharp_clicks, known_sharp_impressions
      FROM hourglass.late_second;

CREATE VIEW hourglass_read.retention AS
    SELECT kept_since FROM hourglass.retention;

CREATE VIEW hourglass_read.server AS
    SELECT id FROM hourglass.server;

CREATE VIEW hourglass_read.live_batch AS
    SELECT xid, server_id, site_id, events FROM hourglass.live_batch;

GRANT SELECT ON ALL TABLES IN SCHEMA hourglass_read TO hourglass_read;
