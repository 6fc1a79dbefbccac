CREATE OR REPLACE VIEW hourglass_read.open_hour AS
    SELECT since FROM hourglass.open_hour;
GRANT SELECT ON hourglass_read.open_hour TO hourglass_read;
