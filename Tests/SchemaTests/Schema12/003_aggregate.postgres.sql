SET LOCAL ROLE hourglass_owner;

-- Both hold refreshed hours only. Which hours may be read from here is the rule of 004_hour.sql.

-- One row: what happened on a site in one second; sharp is what lies exactly on its beginning, which a window that
-- ends there still holds.
CREATE TABLE second_count (
    site_id           integer     NOT NULL,
    second            timestamptz NOT NULL,
    clicks            bigint      NOT NULL,
    impressions       bigint      NOT NULL,
    sharp_clicks      bigint      NOT NULL,
    sharp_impressions bigint      NOT NULL
);

-- One row: what a user did on a site in one clock hour.
CREATE TABLE user_hour (
    site_id     integer          NOT NULL,
    hour        timestamptz      NOT NULL,
    user_id     text COLLATE "C" NOT NULL,
    first_seen  timestamptz      NOT NULL,
    last_seen   timestamptz      NOT NULL,
    clicks      bigint           NOT NULL,
    impressions bigint           NOT NULL
);

CREATE INDEX second_count_second ON second_count (second, site_id);
CREATE INDEX user_hour_user ON user_hour (hour, site_id, user_id);

GRANT SELECT, INSERT, DELETE ON second_count, user_hour TO hourglass_maintain;
