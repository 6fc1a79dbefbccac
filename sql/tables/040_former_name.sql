SET LOCAL ROLE hourglass_owner;

-- since is the moment at which the site got another name, or that of this step if it had it by then. Of the names of a
-- site, those that it gave up first stop leading to it when there are too many (functions/registry).
ALTER TABLE former_site_name ADD COLUMN since timestamptz NOT NULL DEFAULT now();
