SET LOCAL ROLE hourglass_owner;

-- One row: a batch of events that has been committed. A writer that lost its connection during COMMIT sends the batch
-- again under the same id, and the primary key tells it whether the first time counted.
CREATE TABLE batch (
    id           uuid        PRIMARY KEY,
    committed_at timestamptz NOT NULL DEFAULT now()
);

-- One row: the spool of a server, in which batches wait while the database is away, with the place up to which it has
-- been delivered. The transaction that stores a delivery moves the place, so nothing is delivered twice.
CREATE TABLE spool (
    id         uuid        PRIMARY KEY,
    record     bigint      NOT NULL,
    part       integer     NOT NULL,
    -- The last time that the spool was known to be empty. It may hold a batch that was sent after it, whose id must be
    -- kept.
    emptied_at timestamptz NOT NULL DEFAULT now()
);

-- One row: a request that came with an Idempotency-Key, and the answer to it.
CREATE TABLE idempotency_key (
    site_id    integer          NOT NULL,
    key        text COLLATE "C" NOT NULL,
    batch_id   uuid             NOT NULL,
    answer     text             NOT NULL,
    created_at timestamptz      NOT NULL DEFAULT now(),
    PRIMARY KEY (site_id, key)
);

-- One row: a server that keeps the live hours in memory, and reads the live events of the others.
CREATE TABLE server (
    id      uuid        PRIMARY KEY,
    seen_at timestamptz NOT NULL DEFAULT now()
);

-- One row: the events of a batch in the live hours, for the other servers, in a format of the servers.
CREATE TABLE live_batch (
    xid          xid8        NOT NULL DEFAULT pg_current_xact_id(),
    server_id    uuid        NOT NULL,
    site_id      integer     NOT NULL,
    events       bytea       NOT NULL,
    committed_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX live_batch_xid ON live_batch (xid);

GRANT INSERT ON event, batch, live_batch, idempotency_key TO hourglass_ingest;
GRANT SELECT ON server TO hourglass_ingest;
GRANT SELECT ON spool TO hourglass_maintain;
GRANT SELECT, DELETE ON batch, idempotency_key, server, live_batch TO hourglass_maintain;
