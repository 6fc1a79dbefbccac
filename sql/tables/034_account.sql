SET LOCAL ROLE hourglass_owner;

-- title is for people, logo an image of at most 64 KiB with its media type.
ALTER TABLE organisation
    ADD COLUMN title     text  NOT NULL DEFAULT '' CHECK (char_length(title) <= 200),
    ADD COLUMN logo      bytea CHECK (octet_length(logo) <= 65536),
    ADD COLUMN logo_type text,
    ADD CONSTRAINT organisation_logo_with_type CHECK ((logo IS NULL) = (logo_type IS NULL));

-- One row: somebody who logs in. password is a hash by scrypt with its parameters (PHC string format), NULL for one who
-- cannot log in yet; second_factor the secret of one-time codes (RFC 6238), factor_step the time step of the last code
-- that was taken, which is not taken again. settings are those of the pages, such as the theme.
CREATE TABLE account (
    id            integer          GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name          text COLLATE "C" NOT NULL UNIQUE CHECK (name ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
    email         text             NOT NULL DEFAULT '' CHECK (char_length(email) <= 254),
    display_name  text             NOT NULL DEFAULT '' CHECK (char_length(display_name) <= 100),
    password      text,
    second_factor bytea,
    factor_step   bigint           NOT NULL DEFAULT 0,
    is_operator   boolean          NOT NULL DEFAULT false,
    settings      jsonb            NOT NULL DEFAULT '{}',
    created_at    timestamptz      NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX account_email ON account (lower(email)) WHERE email <> '';

-- One row: the role of an account in an organisation.
CREATE TABLE member (
    organisation_id integer     NOT NULL REFERENCES organisation,
    account_id      integer     NOT NULL REFERENCES account ON DELETE CASCADE,
    role            text        NOT NULL CHECK (role IN ('viewer', 'member', 'admin', 'owner')),
    created_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, organisation_id)
);
CREATE INDEX member_organisation ON member (organisation_id);

-- One row: a browser that is logged in. digest is the SHA-256 of its cookie; is_complete is false until the second
-- factor has been given.
CREATE TABLE login (
    id          integer     GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id  integer     NOT NULL REFERENCES account ON DELETE CASCADE,
    digest      bytea       NOT NULL UNIQUE,
    is_complete boolean     NOT NULL,
    agent       text        NOT NULL,
    address     text        NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    used_at     timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX login_account ON login (account_id);

-- One row: a link that works once. A setup link makes the first account, an invitation a member of an organisation, a
-- reset another password of an account. digest is the SHA-256 of its text.
CREATE TABLE account_link (
    id              integer     GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind            text        NOT NULL CHECK (kind IN ('setup', 'invitation', 'reset')),
    digest          bytea       NOT NULL UNIQUE,
    organisation_id integer     REFERENCES organisation,
    role            text        CHECK (role IN ('viewer', 'member', 'admin', 'owner')),
    account_id      integer     REFERENCES account ON DELETE CASCADE,
    label           text        NOT NULL DEFAULT '' CHECK (char_length(label) <= 100),
    created_at      timestamptz NOT NULL DEFAULT now(),
    expires_at      timestamptz NOT NULL,
    CHECK ((kind = 'invitation') = (organisation_id IS NOT NULL AND role IS NOT NULL)),
    CHECK ((kind = 'reset') = (account_id IS NOT NULL))
);

-- One row: attempts to log in that failed, or have not ended, of an account or from an address.
CREATE TABLE login_attempt (
    key      text        PRIMARY KEY,
    failures integer     NOT NULL,
    last_at  timestamptz NOT NULL
);

-- One row: a change that somebody made. account and address are as they were then; both are empty for a command.
CREATE TABLE audit (
    id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at              timestamptz NOT NULL DEFAULT now(),
    account         text        NOT NULL,
    address         text        NOT NULL,
    action          text        NOT NULL,
    subject         text        NOT NULL,
    organisation_id integer
);
