CREATE OR REPLACE VIEW hourglass_read.job AS
    SELECT id, kind, site_id, state, progress, error, created_at, ended_at FROM hourglass.job;
GRANT SELECT ON hourglass_read.job TO hourglass_read;
