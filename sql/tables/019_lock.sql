SET LOCAL ROLE hourglass_owner;

-- Tables that are locked and hold no rows. A lock on a table needs a right on it, so a role that may only read cannot
-- make writers wait, as it could with an advisory lock.
--   border_lock      the border between open and closed hours, and whatever else waits for the batches under way:
--                    ROW EXCLUSIVE for a batch, EXCLUSIVE for those that wait
--   late_lock        late_user and late_second: EXCLUSIVE for a batch that notes events in them and for a refresh that
--                    replaces its results, ROW EXCLUSIVE for a batch that marks whole hours
--   partition_lock   the making of partitions: EXCLUSIVE
--   refresh_lock     the refresh of an hour, where it is one transaction: EXCLUSIVE
CREATE TABLE border_lock ();
CREATE TABLE late_lock ();
CREATE TABLE partition_lock ();
CREATE TABLE refresh_lock ();
GRANT INSERT ON border_lock TO hourglass_ingest;
GRANT UPDATE ON border_lock, late_lock, refresh_lock TO hourglass_maintain;

-- One row at most: the server that maintains, as long as its session lasts, and until a moment that it moves on while
-- it works.
CREATE TABLE maintenance_lease (
    server_id uuid        NOT NULL,
    pid       integer     NOT NULL,
    until     timestamptz NOT NULL,
    one       boolean     PRIMARY KEY DEFAULT true CHECK (one)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON maintenance_lease TO hourglass_maintain;
