SET LOCAL ROLE hourglass_owner;

-- Requests name a site by its name.
ALTER TABLE site ADD CONSTRAINT site_name_key UNIQUE (name);
-- 0 stands for all sites, or for none in particular.
ALTER TABLE site ADD CONSTRAINT site_id_check CHECK (id > 0);

-- The rows of live_batch have a layout of the servers, which tells its version; site_id is 0 where they tell their sites,
-- as they do since this step.
GRANT SELECT ON site TO hourglass_ingest;
