SET LOCAL ROLE hourglass_owner;

-- Requests name a site by its name.
ALTER TABLE site ADD CONSTRAINT site_name_key UNIQUE (name);
-- 0 stands for all sites, or for none in particular.
ALTER TABLE site ADD CONSTRAINT site_id_check CHECK (id > 0);

-- One row: the rows of a batch for the other servers, in a layout of the servers, which tells its version. site_id is 0
-- where the rows tell their sites, as they do since this step.
COMMENT ON TABLE live_batch IS 'the live rows of a batch, for the other servers';
GRANT SELECT ON site TO hourglass_ingest;
