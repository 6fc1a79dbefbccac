SET LOCAL ROLE hourglass_owner;

-- One row: the number of hits of a site that were refused for a reason in an hour; site 0 stands for unknown sites.
CREATE TABLE refusal (
    site_id integer     NOT NULL,
    hour    timestamptz NOT NULL,
    reason  text        NOT NULL,
    count   bigint      NOT NULL,
    PRIMARY KEY (site_id, hour, reason)
);

-- One row: a hit that was refused lately, without its address; the last hundred of a site are kept for a day.
CREATE TABLE refused_hit (
    id      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    site_id integer     NOT NULL,
    at      timestamptz NOT NULL,
    reason  text        NOT NULL,
    hit     jsonb       NOT NULL
);
CREATE INDEX refused_hit_site ON refused_hit (site_id, id);
GRANT SELECT, DELETE ON refusal, refused_hit TO hourglass_maintain;
