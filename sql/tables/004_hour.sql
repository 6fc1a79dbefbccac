SET LOCAL ROLE hourglass_owner;

-- An hour is open until a grace period after its end. Open hours are read from the events. A closed hour is refreshed:
-- its aggregates are made from its events, and rolling_hour from them. Events that are stored in it afterwards are
-- late, and noted in one of two ways, so that every answer stays exact until the next refresh:
--   few late events    late_user and late_second hold the values that rolling_hour shows and those that it should show
--   many at once       touched_hour says that the hour is to be read from its events
-- An hour that has a row in touched_hour has none in the others.

-- The one row: every hour from `since` on is open. Between `ready_since` and `ready_until` the table of events has its
-- partitions.
CREATE TABLE open_hour (
    since       timestamptz NOT NULL,
    ready_since timestamptz NOT NULL DEFAULT 'infinity',
    ready_until timestamptz NOT NULL DEFAULT '-infinity',
    one         boolean     PRIMARY KEY DEFAULT true CHECK (one)
);
INSERT INTO open_hour (since) VALUES (date_trunc('hour', now(), 'UTC'));

-- One row: a batch stored events of a site in a closed hour. Each batch adds a row of its own, so batches do not wait
-- for each other, and a refresh of the hour removes just the rows whose events it has seen.
CREATE TABLE touched_hour (
    id      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    site_id integer     NOT NULL,
    hour    timestamptz NOT NULL,
    since   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX touched_hour_hour ON touched_hour (hour, site_id);

-- One row: the answers for the 3 600 seconds of a closed hour. Element 1 is the window that ends when the hour begins.
CREATE TABLE rolling_hour (
    site_id      integer     NOT NULL,
    hour         timestamptz NOT NULL,
    unique_users integer[]   NOT NULL,
    clicks       integer[]   NOT NULL,
    impressions  integer[]   NOT NULL,
    PRIMARY KEY (hour, site_id)
);

-- One row: a user with late events in an hour. known_… are the values that rolling_hour was made from, NULL for a user
-- without events in the hour by then.
CREATE TABLE late_user (
    site_id     integer          NOT NULL,
    hour        timestamptz      NOT NULL,
    user_id     text COLLATE "C" NOT NULL,
    first_seen  timestamptz      NOT NULL,
    last_seen   timestamptz      NOT NULL,
    known_first timestamptz,
    known_last  timestamptz,
    noted_at    timestamptz      NOT NULL DEFAULT now(),
    PRIMARY KEY (hour, site_id, user_id)
);

-- One row: a second with late events, with all its counts. known_… are the counts that rolling_hour was made from;
-- sharp_… as in second_count.
CREATE TABLE late_second (
    site_id                 integer     NOT NULL,
    second                  timestamptz NOT NULL,
    clicks                  bigint      NOT NULL,
    impressions             bigint      NOT NULL,
    sharp_clicks            bigint      NOT NULL,
    sharp_impressions       bigint      NOT NULL,
    known_clicks            bigint      NOT NULL,
    known_impressions       bigint      NOT NULL,
    known_sharp_clicks      bigint      NOT NULL,
    known_sharp_impressions bigint      NOT NULL,
    noted_at                timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (second, site_id)
);

-- One row at most: the hour that is being refreshed, or whose refresh was interrupted. Its aggregates may be newer than
-- its rolling_hour, so it has to be refreshed before any other.
CREATE TABLE refresh_under_way (
    hour timestamptz PRIMARY KEY
);

-- The one row: events before this moment have been dropped, and no more are taken. Their aggregates stay.
CREATE TABLE retention (
    kept_since timestamptz NOT NULL,
    one        boolean     PRIMARY KEY DEFAULT true CHECK (one)
);
INSERT INTO retention (kept_since) VALUES ('-infinity');

GRANT SELECT ON open_hour TO hourglass_ingest;
GRANT SELECT, UPDATE ON open_hour TO hourglass_maintain;
GRANT SELECT ON retention TO hourglass_maintain;
GRANT SELECT, INSERT, DELETE ON touched_hour, refresh_under_way TO hourglass_maintain;
GRANT SELECT, INSERT, UPDATE, DELETE ON rolling_hour, late_user, late_second TO hourglass_maintain;
GRANT SELECT ON site, event TO hourglass_maintain;
