-- Runs before every migration, and changes nothing the second time.
-- Four roles without a login. A session of the server takes one of them with SET ROLE:
--   hourglass_owner      owns every object; used by migrations and by nothing else
--   hourglass_ingest     stores events
--   hourglass_read       answers questions
--   hourglass_maintain   refreshes the aggregates and removes what has expired
-- Roles belong to the whole cluster, so another database of it may have made them already.
DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['hourglass_owner', 'hourglass_ingest', 'hourglass_read', 'hourglass_maintain'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN
                NULL; -- Another database of the cluster was migrated at the same moment.
            END;
        END IF;
        IF NOT pg_has_role(current_user, wanted, 'MEMBER') THEN
            EXECUTE format('GRANT %I TO CURRENT_USER', wanted);
        END IF;
    END LOOP;
END
$$;

CREATE SCHEMA IF NOT EXISTS hourglass AUTHORIZATION hourglass_owner;
-- What hourglass_read may see (011_reading.sql).
CREATE SCHEMA IF NOT EXISTS hourglass_read AUTHORIZATION hourglass_owner;

SET LOCAL ROLE hourglass_owner;

-- One row: a migration that has been applied.
CREATE TABLE IF NOT EXISTS hourglass.schema_migration (
    number     integer     PRIMARY KEY,
    name       text        NOT NULL,
    flavour    text        NOT NULL,
    checksum   text        NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
);
-- The compatibility number of the schema after the step: the last step that a program has to know to work with it; NULL
-- means the step itself. A server that knows that one stays ready, so that servers can be replaced one after the other.
ALTER TABLE hourglass.schema_migration ADD COLUMN IF NOT EXISTS compatible_with integer;
GRANT USAGE ON SCHEMA hourglass TO hourglass_ingest, hourglass_read, hourglass_maintain;
GRANT USAGE ON SCHEMA hourglass_read TO hourglass_read;
GRANT SELECT ON hourglass.schema_migration TO hourglass_ingest, hourglass_read, hourglass_maintain;
