-- One row: a title of pages, by its id.
CREATE OR REPLACE VIEW hourglass_read.title AS SELECT id, text FROM hourglass.title;
GRANT SELECT ON hourglass_read.title TO hourglass_read;
