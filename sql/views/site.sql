CREATE OR REPLACE VIEW hourglass_read.site AS
    SELECT id, name FROM hourglass.site;
GRANT SELECT ON hourglass_read.site TO hourglass_read;
