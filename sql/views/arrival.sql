CREATE OR REPLACE VIEW hourglass_read.arrival AS
    SELECT site_id, quarter, arrived, step, hits, bots FROM hourglass.arrival;
GRANT SELECT ON hourglass_read.arrival TO hourglass_read;
