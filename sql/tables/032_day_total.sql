SET LOCAL ROLE hourglass_owner;

-- One row: what reports without a filter count on a date of a site in a zone, whose hits have been dropped or are about
-- to be. A date without a hit that counts has no row.
--   visitors             those with a hit on the date
--   visits               those that start on it; bounces, duration (in milliseconds), visit_pageviews and visit_events are
--                        sums over them
--   hits_without_visitor are among pageviews and events
--   has_dated_visitors   true if visitors of the date alone are among the visitors
CREATE TABLE day_total (
    site_id              integer NOT NULL,
    zone                 text    NOT NULL,
    date                 date    NOT NULL,
    visitors             bigint  NOT NULL,
    visits               bigint  NOT NULL,
    pageviews            bigint  NOT NULL,
    events               bigint  NOT NULL,
    bounces              bigint  NOT NULL,
    duration             bigint  NOT NULL,
    visit_pageviews      bigint  NOT NULL,
    visit_events         bigint  NOT NULL,
    hits_without_visitor bigint  NOT NULL,
    has_dated_visitors   boolean NOT NULL,
    PRIMARY KEY (site_id, zone, date)
);

-- One row: a site that loses hits to retention. `since`, `counted` and `until` are midnights of the zone.
--   since    the dates from here on, as far as they are counted, have their totals; nothing is known of those before
--   counted  the dates before are counted
--   until    the dates before are answered from totals alone, those from here on from hits
CREATE TABLE total_span (
    site_id integer     PRIMARY KEY,
    zone    text        NOT NULL,
    since   timestamptz NOT NULL,
    counted timestamptz NOT NULL,
    until   timestamptz NOT NULL,
    CHECK (since <= counted AND until <= counted)
);

-- Hits before hits_since have been dropped. Those before hits_taken_since are not taken: they would change a date that
-- may be counted.
ALTER TABLE retention
    ADD COLUMN hits_since       timestamptz NOT NULL DEFAULT '-infinity',
    ADD COLUMN hits_taken_since timestamptz NOT NULL DEFAULT '-infinity';
UPDATE retention SET hits_since = kept_since, hits_taken_since = kept_since;

-- So far hits were dropped without totals. The first date that hits tell exactly begins two days later, since visits run
-- on over midnights. Sites with hits have names of them.
INSERT INTO total_span (site_id, zone, since, counted, until)
SELECT site.id, site.zone, first.midnight, first.midnight, first.midnight
  FROM retention,
       site,
       LATERAL (
        SELECT min(date::timestamp AT TIME ZONE site.zone) AS midnight
          FROM generate_series(kept_since::date, kept_since::date + 5, INTERVAL '1 day') AS date
         WHERE date::timestamp AT TIME ZONE site.zone >= kept_since + INTERVAL '2 days'
       ) AS first
 WHERE isfinite(kept_since) AND site.removed_at IS NULL
   AND EXISTS (SELECT FROM name WHERE name.site_id = site.id);
