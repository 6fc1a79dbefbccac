SET LOCAL ROLE hourglass_owner;

-- One row: a file of functions/ or views/, as it was last applied.
CREATE TABLE schema_file (
    name       text        PRIMARY KEY,
    checksum   text        NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT ON schema_file TO hourglass_ingest, hourglass_read, hourglass_maintain;
