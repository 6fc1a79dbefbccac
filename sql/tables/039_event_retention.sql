SET LOCAL ROLE hourglass_owner;

-- The retention of a site covers its events as well. Both times are midnights (UTC).
--   events_since   events before are not taken, and only the counts of whole seconds are answered about them
--   deleted_until  events before have been deleted, and their aggregates moved to the tables below
ALTER TABLE site_retention
    ADD COLUMN events_since  timestamptz NOT NULL DEFAULT '-infinity',
    ADD COLUMN deleted_until timestamptz NOT NULL DEFAULT '-infinity';

-- The rows of second_count and user_hour of days whose events are deleted for one site alone: a refresh of an hour for the
-- others would lose them there.
CREATE TABLE old_second_count (
    site_id           integer     NOT NULL,
    second            timestamptz NOT NULL,
    clicks            bigint      NOT NULL,
    impressions       bigint      NOT NULL,
    sharp_clicks      bigint      NOT NULL,
    sharp_impressions bigint      NOT NULL,
    PRIMARY KEY (site_id, second)
);
CREATE TABLE old_user_hour (
    site_id     integer          NOT NULL,
    hour        timestamptz      NOT NULL,
    user_id     text COLLATE "C" NOT NULL,
    first_seen  timestamptz      NOT NULL,
    last_seen   timestamptz      NOT NULL,
    clicks      bigint           NOT NULL,
    impressions bigint           NOT NULL,
    PRIMARY KEY (site_id, hour, user_id)
);

GRANT SELECT ON site_retention TO hourglass_maintain;
GRANT SELECT, INSERT, UPDATE ON old_second_count, old_user_hour TO hourglass_maintain;
-- The answers of an hour are made from the views of the aggregates.
GRANT USAGE ON SCHEMA hourglass_read TO hourglass_maintain;
