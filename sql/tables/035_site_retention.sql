SET LOCAL ROLE hourglass_owner;

-- One row: a site whose hits are kept for a shorter time than those of the server (its setting retention_days). Both times
-- are midnights (UTC).
--   hits_since   hits before have been deleted, or are being deleted
--   taken_since  hits before are not taken: they would change a date that may be counted
CREATE TABLE site_retention (
    site_id     integer     PRIMARY KEY,
    hits_since  timestamptz NOT NULL DEFAULT '-infinity',
    taken_since timestamptz NOT NULL DEFAULT '-infinity'
);
