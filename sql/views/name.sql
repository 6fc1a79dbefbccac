-- One row: a name of hits, by its id.
CREATE OR REPLACE VIEW hourglass_read.name AS SELECT id, text FROM hourglass.name;
GRANT SELECT ON hourglass_read.name TO hourglass_read;
