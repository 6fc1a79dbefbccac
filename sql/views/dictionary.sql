-- The texts that hits name by ids.
CREATE OR REPLACE VIEW hourglass_read.name AS SELECT id, text FROM hourglass.name;
CREATE OR REPLACE VIEW hourglass_read.host AS SELECT id, text FROM hourglass.host;
CREATE OR REPLACE VIEW hourglass_read.path AS SELECT id, text FROM hourglass.path;
CREATE OR REPLACE VIEW hourglass_read.title AS SELECT id, text FROM hourglass.title;
CREATE OR REPLACE VIEW hourglass_read.place AS SELECT id, country, region, city FROM hourglass.place;
CREATE OR REPLACE VIEW hourglass_read.agent AS
    SELECT id, browser, browser_version, os, os_version, device, screen, language FROM hourglass.agent;
CREATE OR REPLACE VIEW hourglass_read.origin AS
    SELECT id, source, channel, referrer, utm_source, utm_medium, utm_campaign, utm_content, utm_term
      FROM hourglass.origin;
GRANT SELECT ON hourglass_read.name, hourglass_read.host, hourglass_read.path, hourglass_read.title,
    hourglass_read.place, hourglass_read.agent, hourglass_read.origin TO hourglass_read;
