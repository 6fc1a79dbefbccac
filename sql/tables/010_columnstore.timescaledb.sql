SET LOCAL ROLE hourglass_owner;

-- For functions/retention, which compresses old chunks.
ALTER TABLE event SET (
    timescaledb.enable_columnstore, timescaledb.segmentby = 'site_id', timescaledb.orderby = 'ts'
);
