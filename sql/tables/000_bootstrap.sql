-- Runs before every migration, and changes nothing the second time.
--
-- Six roles. A session of the server takes one of the first five with SET ROLE, and they have no login:
--   hourglass_owner      owns every object; used by migrations and by nothing else
--   hourglass_ingest     stores events
--   hourglass_read       answers questions
--   hourglass_maintain   refreshes the aggregates and removes what has expired
--   hourglass_registry   reads and changes sites and keys
--   hourglass_query      runs SQL that people write, about one site: a login of its own where it is used, and a member of
--                        no role, since SQL can undo SET ROLE
-- Roles belong to the whole cluster, so the migration of another database may have made them, as another role.
--
-- The migrating role takes two of them. Before PostgreSQL 16 a role that may create roles may grant itself any other;
-- from then on only one of which it has the ADMIN OPTION, as of those that it made, and that does not include SET ROLE.
-- Where a right is missing, the detail of the error holds the statements that another role has to run.
DO $$
DECLARE
    is_split boolean := current_setting('server_version_num')::integer >= 160000;
    wanted   text;
    missing  text[] := '{}';
BEGIN
    FOREACH wanted IN ARRAY ARRAY[
        'hourglass_owner', 'hourglass_ingest', 'hourglass_read', 'hourglass_maintain', 'hourglass_registry',
        'hourglass_query'
    ] LOOP
        IF to_regrole(wanted) IS NULL THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
            EXCEPTION
                WHEN duplicate_object OR unique_violation THEN
                    NULL; -- Another database of the cluster was migrated at the same moment.
                WHEN insufficient_privilege THEN
                    missing := missing || format('CREATE ROLE %I NOLOGIN;', wanted);
            END;
        END IF;
    END LOOP;
    FOREACH wanted IN ARRAY ARRAY['hourglass_owner', 'hourglass_maintain'] LOOP
        IF to_regrole(wanted) IS NULL THEN
            missing := missing || format('GRANT %I TO %I WITH ADMIN OPTION;', wanted, current_user);
        ELSIF NOT pg_has_role(current_user, wanted, CASE WHEN is_split THEN 'SET' ELSE 'MEMBER' END) THEN
            BEGIN
                EXECUTE format('GRANT %I TO CURRENT_USER', wanted)
                    || CASE WHEN is_split THEN ' WITH SET TRUE, INHERIT FALSE' ELSE '' END;
            EXCEPTION
                WHEN unique_violation THEN
                    NULL; -- As above.
                WHEN insufficient_privilege THEN
                    missing := missing || format('GRANT %I TO %I WITH ADMIN OPTION;', wanted, current_user);
            END;
        END IF;
    END LOOP;
    IF (to_regnamespace('hourglass') IS NULL OR to_regnamespace('hourglass_read') IS NULL
        OR to_regnamespace('hourglass_query') IS NULL)
        AND NOT has_database_privilege(current_database(), 'CREATE')
    THEN
        missing := missing || format('GRANT CREATE ON DATABASE %I TO %I;', current_database(), current_user);
    END IF;
    IF missing <> '{}' THEN
        RAISE insufficient_privilege USING
            MESSAGE = format('%I lacks rights for the migration', current_user),
            DETAIL = array_to_string(missing, ' ');
    END IF;

    -- IF NOT EXISTS would ask for the right to create even where there is nothing to do.
    IF to_regnamespace('hourglass') IS NULL THEN
        CREATE SCHEMA hourglass AUTHORIZATION hourglass_owner;
    END IF;
    -- The views that hourglass_read may see (views/).
    IF to_regnamespace('hourglass_read') IS NULL THEN
        CREATE SCHEMA hourglass_read AUTHORIZATION hourglass_owner;
    END IF;
    -- The same, as far as people's own SQL may see it: of one site.
    IF to_regnamespace('hourglass_query') IS NULL THEN
        CREATE SCHEMA hourglass_query AUTHORIZATION hourglass_owner;
    END IF;
END
$$;

SET LOCAL ROLE hourglass_owner;

-- One row: a step of the schema (tables/) that has been applied.
CREATE TABLE IF NOT EXISTS hourglass.schema_migration (
    number     integer     PRIMARY KEY,
    name       text        NOT NULL,
    flavour    text        NOT NULL,
    checksum   text        NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
);
-- The compatibility number of the schema after the step: the last step that a program has to know to work with it; NULL
-- means the step itself. A server that knows that step stays ready, so that servers can be replaced one after another.
ALTER TABLE hourglass.schema_migration ADD COLUMN IF NOT EXISTS compatible_with integer;
GRANT USAGE ON SCHEMA hourglass TO hourglass_ingest, hourglass_read, hourglass_maintain, hourglass_registry;
GRANT USAGE ON SCHEMA hourglass_read TO hourglass_read;
GRANT USAGE ON SCHEMA hourglass_query TO hourglass_query, hourglass_read;
GRANT SELECT ON hourglass.schema_migration TO hourglass_ingest, hourglass_read, hourglass_maintain, hourglass_registry;
