-- One row: a host of pages, by its id.
CREATE OR REPLACE VIEW hourglass_read.host AS SELECT id, text FROM hourglass.host;
GRANT SELECT ON hourglass_read.host TO hourglass_read;
