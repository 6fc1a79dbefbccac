SET LOCAL ROLE hourglass_owner;

-- A server that works on a job has a lease of it. attempts counts the times that servers have begun since the last step
-- that succeeded.
ALTER TABLE job ADD COLUMN attempts integer NOT NULL DEFAULT 0;
GRANT DELETE ON job TO hourglass_maintain;

-- One row: a user whose data a job still has to delete. visitors are the user's, and those that were aliases of it;
-- names are the texts by which they are the user of an event. Everything that was stored before `at` goes; the days from
-- `next` on are done. first is the first moment of the site's data, and marks the last row of touched_hour that has to be
-- gone at the end. is_active is false when the job has failed.
CREATE TABLE forgetting (
    job_id    bigint           PRIMARY KEY REFERENCES job ON DELETE CASCADE,
    site_id   integer          NOT NULL,
    user_id   text COLLATE "C" NOT NULL,
    visitors  bigint[]         NOT NULL,
    names     text[]           NOT NULL,
    at        timestamptz      NOT NULL,
    next      timestamptz      NOT NULL,
    first     timestamptz,
    marks     bigint,
    is_active boolean          NOT NULL DEFAULT true
);

-- One row: a name that a site has forgotten. What was accepted before `at` and is stored later, as by a spool, is dropped.
-- digest is the first 16 bytes of a SHA-256 over the secret of the site and the name, so that it tells nobody the name.
CREATE TABLE forgotten (
    site_id integer     NOT NULL,
    digest  uuid        NOT NULL,
    at      timestamptz NOT NULL,
    job_id  bigint      NOT NULL,
    PRIMARY KEY (site_id, digest)
);
CREATE INDEX forgotten_at ON forgotten (at);
CREATE INDEX forgotten_job ON forgotten (job_id);

-- One row: an event or a hit of a forgotten user that was accepted after the forgetting and lies before it, so that the
-- job has to leave it.
CREATE TABLE kept_event (
    ts      timestamptz      NOT NULL,
    site_id integer          NOT NULL,
    kind    smallint         NOT NULL,
    user_id text COLLATE "C" NOT NULL
);
CREATE TABLE kept_hit (
    ts        timestamptz NOT NULL,
    site_id   integer     NOT NULL,
    visitor   bigint,
    name_id   integer     NOT NULL,
    host_id   integer,
    path_id   integer,
    title_id  integer,
    place_id  integer,
    agent_id  integer,
    origin_id integer,
    flags     smallint    NOT NULL,
    scroll    smallint,
    engaged   integer,
    value     numeric(18, 6),
    currency  char(3),
    props     jsonb
);

-- One row: a transaction that has deleted events of live hours. Servers that have these in memory read them again.
CREATE TABLE rewritten (
    xid          xid8        PRIMARY KEY DEFAULT pg_current_xact_id(),
    committed_at timestamptz NOT NULL DEFAULT now()
);

GRANT SELECT (job_id, site_id, is_active) ON forgetting TO hourglass_ingest;
GRANT SELECT (job_id, site_id, at) ON forgotten TO hourglass_ingest;
GRANT INSERT ON kept_event, kept_hit TO hourglass_ingest;
GRANT SELECT ON forgetting TO hourglass_maintain;
GRANT UPDATE (is_active) ON forgetting TO hourglass_maintain;
GRANT SELECT (at), DELETE ON forgotten TO hourglass_maintain;
GRANT SELECT, DELETE ON rewritten TO hourglass_maintain;
