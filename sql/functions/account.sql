-- Accounts, which sessions with the role hourglass_registry read and change through these functions. Changes that cannot
-- be made raise HG004 (registry.sql).

-- The id of an account with this name or, if it has an @, with this address.
CREATE OR REPLACE FUNCTION account_named(wanted text) RETURNS integer
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    found integer := (SELECT id FROM account WHERE name = wanted OR email <> '' AND lower(email) = lower(wanted));
BEGIN
    IF found IS NULL THEN
        PERFORM refuse_change(format('there is no account %s', wanted));
    END IF;
    RETURN found;
END
$$;

-- The id of an organisation with this name.
CREATE OR REPLACE FUNCTION organisation_named(wanted text) RETURNS integer
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    found integer := (SELECT id FROM organisation WHERE name = wanted);
BEGIN
    IF found IS NULL THEN
        PERFORM refuse_change(format('there is no organisation %s', wanted));
    END IF;
    RETURN found;
END
$$;

-- True if there is an account.
CREATE OR REPLACE FUNCTION has_accounts() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$ SELECT EXISTS (SELECT FROM account) $$;

-- Adds an account; returns its id. A password of NULL makes one that cannot log in before it has a password.
CREATE OR REPLACE FUNCTION add_account(
    wanted text, wanted_email text, wanted_display text, wanted_password text, operator boolean
) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    added integer;
BEGIN
    LOCK TABLE account IN SHARE ROW EXCLUSIVE MODE;
    IF EXISTS (SELECT FROM account WHERE name = wanted) THEN
        PERFORM refuse_change(format('there is an account %s already', wanted));
    ELSIF EXISTS (SELECT FROM account WHERE email <> '' AND lower(email) = lower(wanted_email)) THEN
        PERFORM refuse_change('another account has this e-mail address');
    END IF;
    INSERT INTO account (name, email, display_name, password, is_operator)
    VALUES (wanted, wanted_email, wanted_display, wanted_password, operator)
    RETURNING id INTO added;
    RETURN added;
END
$$;

-- Changes what an account tells about itself; NULL leaves a value as it is.
CREATE OR REPLACE FUNCTION set_account(
    own integer, wanted_email text, wanted_display text, wanted_settings jsonb
) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
BEGIN
    LOCK TABLE account IN SHARE ROW EXCLUSIVE MODE;
    IF EXISTS (SELECT FROM account WHERE id <> own AND email <> '' AND lower(email) = lower(wanted_email)) THEN
        PERFORM refuse_change('another account has this e-mail address');
    END IF;
    UPDATE account
       SET email = coalesce(wanted_email, email),
           display_name = coalesce(wanted_display, display_name),
           settings = settings || coalesce(wanted_settings, '{}')
     WHERE id = own;
    RETURN own;
END
$$;

-- Gives an account another password, and ends its logins but one; returns its id.
CREATE OR REPLACE FUNCTION set_password(own integer, wanted text, kept integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
BEGIN
    UPDATE account SET password = wanted WHERE id = own;
    DELETE FROM login WHERE account_id = own AND id IS DISTINCT FROM kept;
    DELETE FROM account_link WHERE account_id = own AND kind = 'reset';
    RETURN own;
END
$$;

-- Sets or, with NULL, removes the second factor of an account, and ends its logins but one; returns its id.
CREATE OR REPLACE FUNCTION set_second_factor(own integer, secret bytea, step bigint, kept integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
BEGIN
    UPDATE account SET second_factor = secret, factor_step = step WHERE id = own;
    DELETE FROM login WHERE account_id = own AND id IS DISTINCT FROM kept;
    RETURN own;
END
$$;

-- Refuses to leave a server without an operator, or an organisation without an owner, who has owned it before.
CREATE OR REPLACE FUNCTION check_last_of_its_kind(own integer) RETURNS void
    LANGUAGE plpgsql STABLE AS $$
DECLARE
    alone text := (
        SELECT min(o.name)
          FROM member AS m
          JOIN organisation AS o ON o.id = m.organisation_id
         WHERE m.account_id = own AND m.role = 'owner'
           AND NOT EXISTS (
            SELECT FROM member AS other
             WHERE other.organisation_id = o.id AND other.role = 'owner' AND other.account_id <> own
           )
    );
BEGIN
    IF (SELECT is_operator FROM account WHERE id = own)
        AND NOT EXISTS (SELECT FROM account WHERE is_operator AND id <> own)
    THEN
        PERFORM refuse_change('the last operator stays: make another account one first');
    ELSIF alone IS NOT NULL THEN
        PERFORM refuse_change(format('the last owner of %s stays: make another account one first', alone));
    END IF;
END
$$;

-- Removes an account with its logins, links and memberships; returns its id.
CREATE OR REPLACE FUNCTION remove_account(own integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
BEGIN
    LOCK TABLE account, member IN SHARE ROW EXCLUSIVE MODE;
    PERFORM check_last_of_its_kind(own);
    DELETE FROM account WHERE id = own;
    IF NOT FOUND THEN
        PERFORM refuse_change('there is no such account');
    END IF;
    -- Last, when nobody can add one for it any more.
    DELETE FROM segment WHERE owner = own;
    RETURN own;
END
$$;

-- Makes an account an operator, or takes that from it; returns its id.
CREATE OR REPLACE FUNCTION set_operator(own integer, wanted boolean) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
BEGIN
    LOCK TABLE account IN SHARE ROW EXCLUSIVE MODE;
    IF NOT wanted AND NOT EXISTS (SELECT FROM account WHERE is_operator AND id <> own) THEN
        PERFORM refuse_change('the last operator stays: make another account one first');
    END IF;
    UPDATE account SET is_operator = wanted WHERE id = own;
    RETURN own;
END
$$;

-- An account as JSON, with its roles by the names of organisations.
CREATE OR REPLACE FUNCTION account_document(own integer) RETURNS json
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    SELECT json_build_object(
        'id', a.id, 'name', a.name, 'email', a.email, 'display_name', a.display_name, 'operator', a.is_operator,
        'settings', a.settings, 'has_password', a.password IS NOT NULL, 'has_second_factor', a.second_factor IS NOT NULL,
        'created', (extract(epoch FROM a.created_at) * 1000)::bigint, 'used', (
            SELECT (extract(epoch FROM max(used_at)) * 1000)::bigint FROM login WHERE account_id = a.id AND is_complete
        ), 'roles', (
            SELECT coalesce(json_object_agg(o.name, m.role), '{}')
              FROM member AS m
              JOIN organisation AS o ON o.id = m.organisation_id
             WHERE m.account_id = a.id
        )
    )
      FROM account AS a WHERE a.id = own
$$;

-- All accounts as a JSON array, in order of their names.
CREATE OR REPLACE FUNCTION account_list() RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    SELECT coalesce(json_agg(account_document(id) ORDER BY name), '[]')::text FROM account
$$;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'account_named', 'organisation_named', 'has_accounts', 'add_account', 'set_account', 'set_password',
        'set_second_factor', 'remove_account', 'set_operator', 'account_document', 'account_list', 'check_last_of_its_kind'
    ] LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %I FROM PUBLIC', name);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %I TO hourglass_registry', name);
    END LOOP;
END
$$;
