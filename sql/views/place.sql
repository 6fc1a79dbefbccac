-- One row: a place of clients, by its id.
CREATE OR REPLACE VIEW hourglass_read.place AS SELECT id, country, region, city FROM hourglass.place;
GRANT SELECT ON hourglass_read.place TO hourglass_read;
