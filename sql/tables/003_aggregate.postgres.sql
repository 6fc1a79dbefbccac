SET LOCAL ROLE hourglass_owner;

-- Both hold refreshed hours only. The rule for the hours that may be read from here is in 004_hour.sql.

-- One row: the counts of a site in one second. sharp_… are those exactly on its beginning, which a window that ends
-- there still holds.
CREATE TABLE second_count (
    site_id           integer     NOT NULL,
    second            timestamptz NOT NULL,
    clicks            bigint      NOT NULL,
    impressions       bigint      NOT NULL,
    sharp_clicks      bigint      NOT NULL,
    sharp_impressions bigint      NOT NULL
);

-- One row: the events of a user on a site in one clock hour.
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
