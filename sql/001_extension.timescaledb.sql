-- In public, whatever the search path is: 005_refresh calls it by that name.
CREATE EXTENSION IF NOT EXISTS timescaledb SCHEMA public;
