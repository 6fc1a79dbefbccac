-- Logins. A login ends 14 days after its last use, and 90 days after it began.

CREATE OR REPLACE FUNCTION login_is_alive(created timestamptz, used timestamptz) RETURNS boolean
    LANGUAGE sql STABLE AS $$ SELECT used > now() - INTERVAL '14 days' AND created > now() - INTERVAL '90 days' $$;

-- The seconds to wait after a number of failures in a row: none for the first ones, then twice as long each time.
CREATE OR REPLACE FUNCTION login_delay(failures integer, free integer, most integer) RETURNS integer
    LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN failures < free THEN 0 ELSE least(power(2, least(failures - free, 20))::integer, most) END
$$;

-- Begins an attempt to log in, which counts as a failure until it has succeeded, so that attempts at the same time are
-- limited too; returns the seconds to wait instead, or 0. Failures are forgotten after an hour without one.
CREATE OR REPLACE FUNCTION begin_login_attempt(account_key text, address_key text) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    waiting integer;
BEGIN
    LOCK TABLE login_attempt IN SHARE ROW EXCLUSIVE MODE;
    DELETE FROM login_attempt WHERE last_at < now() - INTERVAL '1 hour';
    SELECT coalesce(max(ceil(extract(epoch FROM last_at - now())
        + CASE WHEN key = account_key THEN login_delay(failures, 5, 60) ELSE login_delay(failures, 20, 900) END)), 0)
      INTO waiting
      FROM login_attempt WHERE key IN (account_key, address_key);
    IF waiting > 0 THEN
        RETURN waiting;
    END IF;
    INSERT INTO login_attempt AS known (key, failures, last_at)
    SELECT key, 1, now() FROM unnest(ARRAY[account_key, address_key]) AS key WHERE key <> ''
        ON CONFLICT (key) DO UPDATE SET failures = least(known.failures + 1, 1000), last_at = now();
    RETURN 0;
END
$$;

-- Ends an attempt whose password was right: forgets the failures of the account, and one of the address.
CREATE OR REPLACE FUNCTION end_login_attempt(account_key text, address_key text) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    DELETE FROM login_attempt WHERE key = account_key;
    UPDATE login_attempt SET failures = failures - 1 WHERE key = address_key AND failures > 0;
    SELECT true
$$;

-- The password and second factor of an account, by its name or address, for the check of an attempt.
CREATE OR REPLACE FUNCTION login_secrets(wanted text)
    RETURNS TABLE (id integer, password text, second_factor bytea, factor_step bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    SELECT a.id, a.password, a.second_factor, a.factor_step
      FROM account AS a WHERE a.name = wanted OR a.email <> '' AND lower(a.email) = lower(wanted)
$$;

-- Logs an account in after its password was right; forgets the failures of the account, and one of the address.
CREATE OR REPLACE FUNCTION begin_login(
    own integer, login_digest bytea, complete boolean, login_agent text, login_address text, account_key text,
    address_key text
) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    added integer;
BEGIN
    -- With a second factor the failures of the account are forgotten when the code was right too.
    PERFORM end_login_attempt(CASE WHEN complete THEN account_key END, address_key);
    DELETE FROM login WHERE NOT login_is_alive(created_at, used_at)
        OR NOT is_complete AND created_at < now() - INTERVAL '10 minutes';
    -- The oldest ones end where an account has more than a hundred.
    DELETE FROM login WHERE id IN (SELECT id FROM login WHERE account_id = own ORDER BY used_at DESC OFFSET 99);
    INSERT INTO login (account_id, digest, is_complete, agent, address)
    VALUES (own, login_digest, complete, left(login_agent, 300), login_address)
    RETURNING id INTO added;
    RETURN added;
END
$$;

-- Completes a login by a one-time code of a time step, which is taken once; returns true if it was.
CREATE OR REPLACE FUNCTION complete_login(
    former_digest bytea, new_digest bytea, step bigint, account_key text
) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    own integer;
BEGIN
    UPDATE account AS a SET factor_step = step
      FROM login AS l
     WHERE l.digest = former_digest AND NOT l.is_complete AND l.account_id = a.id AND a.factor_step < step
    RETURNING a.id INTO own;
    IF own IS NULL THEN
        RETURN false;
    END IF;
    UPDATE login SET digest = new_digest, is_complete = true, used_at = now() WHERE digest = former_digest;
    DELETE FROM login_attempt WHERE key = account_key;
    RETURN true;
END
$$;

-- The login with this digest and its account as JSON; NULL if there is none, or it is over. Notes that it is used.
CREATE OR REPLACE FUNCTION read_login(login_digest bytea) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    found login;
BEGIN
    SELECT * INTO found FROM login AS l
     WHERE l.digest = login_digest AND login_is_alive(l.created_at, l.used_at)
       AND (l.is_complete OR l.created_at > now() - INTERVAL '10 minutes');
    IF found.id IS NULL THEN
        RETURN NULL;
    ELSIF found.used_at < now() - INTERVAL '1 minute' THEN
        UPDATE login SET used_at = now() WHERE id = found.id;
    END IF;
    RETURN json_build_object(
        'id', found.id, 'is_complete', found.is_complete, 'account', account_document(found.account_id)
    );
END
$$;

-- Ends logins of an account: one, or all but one.
CREATE OR REPLACE FUNCTION end_logins(own integer, ended integer, kept integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    count integer;
BEGIN
    DELETE FROM login WHERE account_id = own AND (ended IS NULL OR id = ended) AND id IS DISTINCT FROM kept;
    GET DIAGNOSTICS count = ROW_COUNT;
    RETURN count;
END
$$;

-- The logins of an account as a JSON array, the last used one first.
CREATE OR REPLACE FUNCTION login_list(own integer) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    SELECT coalesce(json_agg(json_build_object(
        'id', id, 'agent', agent, 'address', address,
        'created', (extract(epoch FROM created_at) * 1000)::bigint,
        'used', (extract(epoch FROM used_at) * 1000)::bigint
    ) ORDER BY used_at DESC), '[]')::text
      FROM login WHERE account_id = own AND is_complete AND login_is_alive(created_at, used_at)
$$;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'begin_login_attempt', 'end_login_attempt', 'login_secrets', 'begin_login', 'complete_login',
        'read_login', 'end_logins', 'login_list'
    ] LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %I FROM PUBLIC', name);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %I TO hourglass_registry', name);
    END LOOP;
END
$$;
