-- One row: a path of pages, by its id.
CREATE OR REPLACE VIEW hourglass_read.path AS SELECT id, text FROM hourglass.path;
GRANT SELECT ON hourglass_read.path TO hourglass_read;
