-- One row: the software of clients, by its id.
CREATE OR REPLACE VIEW hourglass_read.agent AS
    SELECT id, browser, browser_version, os, os_version, device, screen, language FROM hourglass.agent;
GRANT SELECT ON hourglass_read.agent TO hourglass_read;
