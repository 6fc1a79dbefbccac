SET LOCAL ROLE hourglass_owner;

-- One row: a visitor without a name who is known to be a named user: `visitor` is counted as `user_visitor`. The first
-- one stays. xid is the transaction that added it, by which a reader tells what it has seen.
CREATE TABLE alias (
    site_id      integer NOT NULL,
    visitor      bigint  NOT NULL,
    user_visitor bigint  NOT NULL,
    xid          xid8    NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (site_id, visitor)
);
CREATE INDEX alias_user ON alias (site_id, user_visitor);

-- One row: a user with a name.
CREATE TABLE person (
    site_id    integer          NOT NULL,
    visitor    bigint           NOT NULL,
    user_id    text COLLATE "C" NOT NULL,
    traits     jsonb            NOT NULL DEFAULT '{}',
    first_seen timestamptz      NOT NULL,
    last_seen  timestamptz      NOT NULL,
    PRIMARY KEY (site_id, visitor)
);
