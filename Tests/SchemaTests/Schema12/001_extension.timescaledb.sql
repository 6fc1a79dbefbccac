-- In public, whatever the search path is: 006_refresh calls it by that name.
CREATE EXTENSION IF NOT EXISTS timescaledb SCHEMA public;

-- Up to 2.29.1 some of the extension's internal functions do not ask whether the caller may use the table that they work
-- on (GHSA-hcfx-29v5-2rcw), and that version is not made for PostgreSQL 15. Nobody has to call them by name
-- but the views of the extension, with the rights of whoever asks them.
REVOKE EXECUTE ON ALL ROUTINES IN SCHEMA _timescaledb_functions, _timescaledb_internal FROM PUBLIC;
GRANT EXECUTE ON ALL ROUTINES IN SCHEMA _timescaledb_functions TO hourglass_owner;
