SET LOCAL ROLE hourglass_owner;

-- One row: the times between which a transaction stored or deleted hits of a site. Servers keep hits in memory, and read
-- those of the times that are new to them. xid tells which these are; rows go a quarter of an hour after their
-- transaction has ended, when every server has either read them or reads everything again.
CREATE TABLE touched_time (
    site_id integer     NOT NULL,
    first   timestamptz NOT NULL,
    last    timestamptz NOT NULL,
    xid     xid8        NOT NULL DEFAULT pg_current_xact_id()
);
CREATE INDEX touched_time_site ON touched_time (site_id, xid);
CREATE INDEX touched_time_xid ON touched_time (xid);

-- One row: a moment at which all transactions before xid had ended.
CREATE TABLE touched_border (
    at  timestamptz NOT NULL,
    xid xid8        NOT NULL
);
-- The aliases that are new to a server.
CREATE INDEX alias_xid ON alias (site_id, xid);
GRANT INSERT ON touched_time TO hourglass_ingest;
GRANT SELECT, DELETE ON touched_time TO hourglass_maintain;
GRANT SELECT, INSERT, DELETE ON touched_border TO hourglass_maintain;
