-- Does nothing: the hypertable makes its chunks itself. On plain PostgreSQL this makes the partitions of a batch.
CREATE OR REPLACE FUNCTION make_partitions(hours timestamptz[]) RETURNS void
    LANGUAGE sql AS '';
