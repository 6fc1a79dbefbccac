CREATE OR REPLACE VIEW hourglass_read.refusal AS
    SELECT site_id, hour, reason, count FROM hourglass.refusal;
GRANT SELECT ON hourglass_read.refusal TO hourglass_read;
