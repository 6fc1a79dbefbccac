import Postgres

/// Page views of a site over a month, stored by one statement for each day, past the server.
///
/// A visit has three page views on average, three of ten visits an event besides, and three of ten are of a visitor who
/// comes more often. Pages, places, agents and origins have a few common values and many rare ones. No server may have
/// read the hits of the site before: nothing tells it that there are others.
struct HitFilling: Sendable {
    let views: Int
    /// The first second, in seconds since 1970: a midnight.
    let first: Int
    /// The second after the last, which is within the last day.
    let until: Int

    static let site = "bench"
    static let days = 30
    /// The keys of the site: one to store hits, and one to read reports.
    static let (serverKey, readKey) = (
        "hgs_" + String(repeating: "b", count: 43), "hgr_" + String(repeating: "b", count: 43)
    )

    /// - Parameters:
    ///   - views: The approximate number of page views.
    ///   - now: The current second.
    init(views: Int, now: Int) {
        self.views = views
        until = now
        first = now / 86_400 * 86_400 - (Self.days - 1) * 86_400
    }

    /// Adds the site, and stores its hits in one transaction.
    func store(_ connection: Connection) async throws {
        try await connection.run(Self.registry)
        try await connection.run(Self.dictionaries)
        try await connection.run(hits)
        try await connection.run("VACUUM (ANALYZE) hourglass.hit")
        for table in ["name", "path", "title", "place", "agent", "origin"] {
            try await connection.run("ANALYZE hourglass.\(table)")
        }
    }

    private static let registry = """
        SET search_path = hourglass;
        SELECT add_site('\(site)', '{}', 'UTC', '{}', NULL);
        SELECT add_key('\(site)', 'server', 'bench', NULL, sha256('\(serverKey)'));
        SELECT add_key('\(site)', 'read', 'bench', NULL, sha256('\(readKey)'));
        """

    /// 5 000 pages of which 12 % are of the blog, 2 000 cities of 120 countries, 378 agents of 14 browsers, 9 systems and 3
    /// devices, 400 sources.
    private static let dictionaries = """
        SET search_path = hourglass;
        CREATE FUNCTION pg_temp.digest(text text) RETURNS uuid LANGUAGE sql IMMUTABLE
            AS $$ SELECT encode(substring(sha256(convert_to(text, 'UTF8')) FOR 16), 'hex')::uuid $$;
        CREATE TEMPORARY TABLE own AS SELECT id FROM site WHERE name = '\(site)';
        INSERT INTO name (site_id, text, digest)
        SELECT own.id, text, pg_temp.digest(text)
          FROM own, unnest(ARRAY['pageview', 'signup', 'download', 'search', 'video', 'share', 'buy'])
            WITH ORDINALITY AS one (text, number) ORDER BY number;
        INSERT INTO host (site_id, text, digest) SELECT id, 'example.com', pg_temp.digest('example.com') FROM own;
        INSERT INTO path (site_id, text, digest)
        SELECT own.id, text, pg_temp.digest(text)
          FROM own, generate_series(0, 4999) AS i,
               LATERAL (SELECT CASE WHEN i % 25 IN (1, 9, 17) THEN '/blog/' ELSE '/pages/' END || i) AS one (text)
         ORDER BY i;
        INSERT INTO title (site_id, text, digest)
        SELECT own.id, text, pg_temp.digest(text)
          FROM own, generate_series(0, 4999) AS i, LATERAL (SELECT 'Page ' || i) AS one (text) ORDER BY i;
        INSERT INTO place (site_id, country, region, city, digest)
        SELECT id, chr(65 + i * 120 / 2000 / 26) || chr(65 + i * 120 / 2000 % 26), 'Region ' || i / 10, 'City ' || i,
               pg_temp.digest(i::text)
          FROM own, generate_series(0, 1999) AS i ORDER BY i;
        INSERT INTO agent (site_id, browser, os, device, digest)
        SELECT id, 'Browser ' || i / 27, 'System ' || i / 3 % 9, (ARRAY['desktop', 'mobile', 'tablet'])[i % 3 + 1],
               pg_temp.digest(i::text)
          FROM own, generate_series(0, 14 * 9 * 3 - 1) AS i ORDER BY i;
        INSERT INTO origin (site_id, source, channel, digest)
        SELECT id, 'Source ' || i, 'Referral', pg_temp.digest(i::text)
          FROM own, generate_series(0, 399) AS i ORDER BY i;
        """

    private var hits: String {
        let visits = max(1, views / 3 / Self.days)
        // The last hits of a visit come some minutes after its start.
        let milliseconds = (until - first - 900) * 1_000 / Self.days
        return """
            SET search_path = hourglass;
            SELECT setseed(0.5);
            SELECT make_partitions(ARRAY(SELECT generate_series(begin, begin + INTERVAL '\(Self.days) days', '1 day')))
              FROM to_timestamp(\(first)) AS begin;
            DO $fill$
            DECLARE
                own        integer := (SELECT id FROM site WHERE name = '\(Self.site)');
                view_name  integer := (SELECT min(id) FROM name WHERE site_id = own);
                own_host   integer := (SELECT min(id) FROM host WHERE site_id = own);
                path_0     integer := (SELECT min(id) FROM path WHERE site_id = own);
                title_0    integer := (SELECT min(id) FROM title WHERE site_id = own);
                place_0    integer := (SELECT min(id) FROM place WHERE site_id = own);
                agent_0    integer := (SELECT min(id) FROM agent WHERE site_id = own);
                origin_0   integer := (SELECT min(id) FROM origin WHERE site_id = own);
                begin_time timestamptz;
            BEGIN
                FOR day IN 0..\(Self.days - 1) LOOP
                    begin_time := to_timestamp(\(first)) + day * (\(milliseconds) * INTERVAL '1 ms');
                    INSERT INTO hit (
                        ts, site_id, visitor, name_id, host_id, path_id, title_id, place_id, agent_id, origin_id, flags
                    )
                    SELECT start + (n - 1) * pause, own, visitor,
                           view_name + CASE WHEN n <= views THEN 0 ELSE 1 + floor(6 * random() ^ 2)::integer END,
                           own_host, path_0 + page, title_0 + page, place_0 + floor(2000 * at ^ 3)::integer,
                           agent_0 + 27 * floor(14 * by ^ 3)::integer + 3 * floor(9 * runs ^ 2)::integer
                           + floor(3 * runs)::integer,
                           CASE WHEN n = 1 AND came > 0.4 THEN origin_0 + floor(400 * ((came - 0.4) / 0.6) ^ 3)::integer END,
                           1
                      FROM (
                        SELECT visit.*, n, floor(5000 * random() ^ 3)::integer AS page
                          FROM (
                            SELECT begin_time + floor(random() * \(milliseconds)) * INTERVAL '1 ms' AS start,
                                   hashint8extended(number, 1) AS visitor,
                                   (hashint8extended(number, 2) & 65535) / 65536::double precision AS at,
                                   (hashint8extended(number, 3) & 65535) / 65536::double precision AS by,
                                   (hashint8extended(number, 4) & 65535) / 65536::double precision AS runs,
                                   1 + floor(5 * random())::integer AS views, (random() < 0.3)::integer AS actions,
                                   floor(20 + 60 * random()) * INTERVAL '1 second' AS pause, random() AS came
                              FROM (
                                SELECT CASE WHEN random() < 0.3 THEN floor(random() * \(visits * Self.days / 5))::bigint
                                       ELSE day::bigint * \(visits) + i END AS number
                                  FROM generate_series(1, \(visits)) AS i
                                OFFSET 0
                              ) AS drawn
                            OFFSET 0
                          ) AS visit, generate_series(1, views + actions) AS n
                        OFFSET 0
                      ) AS made
                     ORDER BY 1;
                END LOOP;
            END
            $fill$;
            """
    }
}
