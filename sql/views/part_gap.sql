-- One row at most: the number of days with hits that had no part when the server that maintains last looked.
CREATE OR REPLACE VIEW hourglass_read.part_gap AS
    SELECT days FROM hourglass.part_gap;
GRANT SELECT ON hourglass_read.part_gap TO hourglass_read;
