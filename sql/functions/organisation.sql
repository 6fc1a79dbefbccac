-- Organisations, their members, and the links that make accounts. Changes that cannot be made raise HG004 (registry.sql).

-- Adds an organisation with an owner; returns its id.
CREATE OR REPLACE FUNCTION add_organisation(wanted text, wanted_title text, owner integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    added integer;
BEGIN
    LOCK TABLE organisation IN SHARE ROW EXCLUSIVE MODE;
    IF EXISTS (SELECT FROM organisation WHERE name = wanted) THEN
        PERFORM refuse_change(format('there is an organisation %s already', wanted));
    END IF;
    INSERT INTO organisation (name, title) VALUES (wanted, wanted_title) RETURNING id INTO added;
    INSERT INTO member (organisation_id, account_id, role) SELECT added, owner, 'owner' WHERE owner IS NOT NULL;
    RETURN added;
END
$$;

-- Changes an organisation; NULL leaves a value as it is, and an empty logo removes it.
CREATE OR REPLACE FUNCTION set_organisation(wanted text, wanted_title text, wanted_logo bytea, wanted_type text)
    RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    own integer := organisation_named(wanted);
BEGIN
    UPDATE organisation SET title = coalesce(wanted_title, title) WHERE id = own;
    IF wanted_logo IS NOT NULL THEN
        UPDATE organisation
           SET logo = nullif(wanted_logo, ''), logo_type = CASE WHEN wanted_logo <> '' THEN wanted_type END
         WHERE id = own;
    END IF;
    RETURN own;
END
$$;

-- Removes an organisation without sites; returns its id.
CREATE OR REPLACE FUNCTION remove_organisation(wanted text) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    own integer := organisation_named(wanted);
BEGIN
    LOCK TABLE site IN SHARE ROW EXCLUSIVE MODE;
    IF own = 1 THEN
        PERFORM refuse_change('the organisation default cannot be removed');
    ELSIF EXISTS (SELECT FROM site WHERE organisation_id = own AND removed_at IS NULL) THEN
        PERFORM refuse_change('the organisation has sites: move or remove them first');
    END IF;
    UPDATE site SET organisation_id = 1 WHERE organisation_id = own;
    DELETE FROM account_link WHERE organisation_id = own;
    DELETE FROM member WHERE organisation_id = own;
    DELETE FROM organisation WHERE id = own;
    RETURN own;
END
$$;

-- Gives a site to another organisation; returns the id of the site.
CREATE OR REPLACE FUNCTION move_site(wanted text, new_organisation text) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    own integer := site_named(wanted);
BEGIN
    UPDATE site SET organisation_id = organisation_named(new_organisation) WHERE id = own;
    RETURN own;
END
$$;

-- Gives an account a role in an organisation or, with NULL, takes the one that it has; returns the id of the account.
CREATE OR REPLACE FUNCTION set_member(wanted text, account text, wanted_role text) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    own      integer := organisation_named(wanted);
    somebody integer := account_named(account);
BEGIN
    LOCK TABLE member IN SHARE ROW EXCLUSIVE MODE;
    IF wanted_role IS DISTINCT FROM 'owner'
        AND (SELECT role FROM member WHERE organisation_id = own AND account_id = somebody) = 'owner'
        AND NOT EXISTS (
            SELECT FROM member WHERE organisation_id = own AND role = 'owner' AND account_id <> somebody
        )
    THEN
        PERFORM refuse_change('the last owner stays: make another member one first');
    END IF;
    IF wanted_role IS NULL THEN
        DELETE FROM member WHERE organisation_id = own AND account_id = somebody;
        IF NOT FOUND THEN
            PERFORM refuse_change('the account is no member of the organisation');
        END IF;
    ELSE
        INSERT INTO member (organisation_id, account_id, role) VALUES (own, somebody, wanted_role)
            ON CONFLICT (account_id, organisation_id) DO UPDATE SET role = wanted_role;
    END IF;
    RETURN somebody;
END
$$;

-- An organisation with its members and open invitations as JSON; NULL if there is none.
CREATE OR REPLACE FUNCTION organisation_document(wanted text) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    SELECT json_build_object(
        'name', o.name, 'title', o.title, 'has_logo', o.logo IS NOT NULL, 'members', (
            SELECT coalesce(json_agg(json_build_object(
                'name', a.name, 'display_name', a.display_name, 'email', a.email, 'role', m.role,
                'since', (extract(epoch FROM m.created_at) * 1000)::bigint
            ) ORDER BY a.name), '[]')
              FROM member AS m
              JOIN account AS a ON a.id = m.account_id
             WHERE m.organisation_id = o.id
        ), 'invitations', (
            SELECT coalesce(json_agg(json_build_object(
                'id', l.id, 'role', l.role, 'label', l.label,
                'expires', (extract(epoch FROM l.expires_at) * 1000)::bigint
            ) ORDER BY l.id), '[]')
              FROM account_link AS l
             WHERE l.organisation_id = o.id AND l.kind = 'invitation' AND l.expires_at > now()
        )
    )::text
      FROM organisation AS o WHERE o.name = wanted
$$;

-- The names and titles of all organisations as a JSON array.
CREATE OR REPLACE FUNCTION organisation_list() RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    SELECT coalesce(json_agg(json_build_object('name', name, 'title', title) ORDER BY name), '[]')::text
      FROM organisation
$$;

-- The logo of an organisation and its media type.
CREATE OR REPLACE FUNCTION organisation_logo(wanted text) RETURNS TABLE (logo bytea, logo_type text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    SELECT o.logo, o.logo_type FROM organisation AS o WHERE o.name = wanted AND o.logo IS NOT NULL
$$;

-- Makes a link that invites into an organisation; returns its id.
CREATE OR REPLACE FUNCTION add_invitation(
    wanted text, wanted_role text, link_label text, link_digest bytea, days integer
) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    own   integer := organisation_named(wanted);
    added integer;
BEGIN
    IF (SELECT count(*) FROM account_link WHERE organisation_id = own AND expires_at > now()) >= 200 THEN
        PERFORM refuse_change('the organisation has 200 open invitations, and more are not made');
    END IF;
    DELETE FROM account_link WHERE expires_at <= now();
    INSERT INTO account_link (kind, digest, organisation_id, role, label, expires_at)
    VALUES ('invitation', link_digest, own, wanted_role, link_label, now() + make_interval(days => days))
    RETURNING id INTO added;
    RETURN added;
END
$$;

-- Ends an invitation of an organisation; returns its id.
CREATE OR REPLACE FUNCTION remove_invitation(wanted text, link integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
BEGIN
    DELETE FROM account_link WHERE id = link AND organisation_id = organisation_named(wanted);
    IF NOT FOUND THEN
        PERFORM refuse_change(format('the organisation has no invitation %s', link));
    END IF;
    RETURN link;
END
$$;

-- Makes a link by which an account gets another password, in place of an earlier one; returns the id of the account.
CREATE OR REPLACE FUNCTION add_reset_link(account text, link_digest bytea, hours integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    own integer := account_named(account);
BEGIN
    DELETE FROM account_link WHERE account_id = own;
    INSERT INTO account_link (kind, digest, account_id, expires_at)
    VALUES ('reset', link_digest, own, now() + make_interval(hours => hours));
    RETURN own;
END
$$;

-- Makes the link by which the first account is made, in place of an earlier one of the same server; returns false if
-- there is an account already.
CREATE OR REPLACE FUNCTION add_setup_link(link_digest bytea, former_digest bytea) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM account) THEN
        RETURN false;
    END IF;
    DELETE FROM account_link WHERE kind = 'setup' AND (digest = former_digest OR expires_at <= now());
    INSERT INTO account_link (kind, digest, expires_at) VALUES ('setup', link_digest, now() + INTERVAL '30 days');
    RETURN true;
END
$$;

-- A link as JSON, as somebody who has it may see it; NULL if there is none.
CREATE OR REPLACE FUNCTION link_document(link_digest bytea) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    SELECT json_build_object(
        'kind', l.kind, 'organisation', o.name, 'title', o.title, 'role', l.role, 'account', a.name
    )::text
      FROM account_link AS l
      LEFT JOIN organisation AS o ON o.id = l.organisation_id
      LEFT JOIN account AS a ON a.id = l.account_id
     WHERE l.digest = link_digest AND l.expires_at > now()
       AND (l.kind <> 'setup' OR NOT EXISTS (SELECT FROM account))
$$;

-- Takes a link, which works once.
CREATE OR REPLACE FUNCTION take_link(link_digest bytea, wanted_kind text) RETURNS account_link
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    link account_link;
BEGIN
    DELETE FROM account_link
     WHERE digest = link_digest AND kind = wanted_kind AND expires_at > now()
    RETURNING * INTO link;
    IF link.id IS NULL THEN
        PERFORM refuse_change('the link is over, or was used before');
    END IF;
    RETURN link;
END
$$;

-- Makes the first account by a setup link, as an operator and owner of the organisation default; returns its id.
CREATE OR REPLACE FUNCTION take_setup_link(
    link_digest bytea, wanted text, wanted_email text, wanted_display text, wanted_password text
) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    added integer;
BEGIN
    LOCK TABLE account IN SHARE ROW EXCLUSIVE MODE;
    PERFORM take_link(link_digest, 'setup');
    IF EXISTS (SELECT FROM account) THEN
        PERFORM refuse_change('there is an account already: log in');
    END IF;
    added := add_account(wanted, wanted_email, wanted_display, wanted_password, true);
    INSERT INTO member (organisation_id, account_id, role) VALUES (1, added, 'owner');
    DELETE FROM account_link WHERE kind = 'setup';
    RETURN added;
END
$$;

-- Makes an account by an invitation; returns its id.
CREATE OR REPLACE FUNCTION take_invitation(
    link_digest bytea, wanted text, wanted_email text, wanted_display text, wanted_password text
) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    link  account_link := take_link(link_digest, 'invitation');
    added integer := add_account(wanted, wanted_email, wanted_display, wanted_password, false);
BEGIN
    INSERT INTO member (organisation_id, account_id, role) VALUES (link.organisation_id, added, link.role);
    RETURN added;
END
$$;

-- Makes an account that exists a member by an invitation, unless it has a role already; returns its id.
CREATE OR REPLACE FUNCTION join_by_invitation(link_digest bytea, own integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    link account_link := take_link(link_digest, 'invitation');
BEGIN
    INSERT INTO member (organisation_id, account_id, role) VALUES (link.organisation_id, own, link.role)
        ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        PERFORM refuse_change('you are a member of the organisation already');
    END IF;
    RETURN own;
END
$$;

-- Gives an account another password by a reset link; returns its id.
CREATE OR REPLACE FUNCTION take_reset_link(link_digest bytea, wanted_password text) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    link account_link := take_link(link_digest, 'reset');
BEGIN
    -- Who has lost the second factor too gets it taken by an operator.
    RETURN set_password(link.account_id, wanted_password, NULL);
END
$$;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'add_organisation', 'set_organisation', 'remove_organisation', 'move_site', 'set_member', 'organisation_document',
        'organisation_list', 'organisation_logo', 'add_invitation', 'remove_invitation', 'add_reset_link',
        'add_setup_link', 'link_document', 'take_setup_link', 'take_invitation', 'join_by_invitation', 'take_reset_link'
    ] LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %I FROM PUBLIC', name);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %I TO hourglass_registry', name);
    END LOOP;
    REVOKE EXECUTE ON FUNCTION take_link FROM PUBLIC;
END
$$;
