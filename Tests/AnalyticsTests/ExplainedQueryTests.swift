import Testing

@testable import Analytics

/// The SQL of queries as text; what it gives is compared with reports in `StoreTests`.
struct ExplainedQueryTests {
    private func query(_ metrics: [Metric], _ dimensions: [Dimension] = []) throws -> Query {
        let start = Timestamp(seconds: 1_767_571_200)
        let period = try #require(Period(from: start, to: start.advanced(by: .seconds(86_400))))
        return Query(
            site: SiteID(rawValue: 2),
            period: period,
            zone: "Europe/Berlin",
            metrics: metrics,
            dimensions: dimensions
        )
    }

    @Test func aListOfPagesIsReadable() throws {
        let sql = """
            WITH hits AS (
                SELECT hit.name,
                       coalesce(alias.user_visitor, hit.visitor) AS visitor,
                       hit.path AS page
                  FROM hourglass_read.hit
                  LEFT JOIN hourglass_read.alias ON alias.site_id = hit.site_id AND alias.visitor = hit.visitor
                 WHERE hit.site_id = 2 AND hit.ts >= TIMESTAMPTZ '2026-01-05T00:00:00.000Z' \
            AND hit.ts < TIMESTAMPTZ '2026-01-06T00:00:00.000Z'
                   AND NOT hit.bot AND hit.name <> 'engagement'
            ), matching AS (
                SELECT *
                  FROM hits
                 WHERE coalesce(page, '(not set)') NOT IN ('/it''s')
            )
            SELECT coalesce(page, '(not set)') AS page,
                   count(DISTINCT visitor) AS visitors
              FROM matching
             GROUP BY 1
             ORDER BY visitors DESC, page
             LIMIT 10000;
            """
        var query = try query([.visitors], [.hit(.page)])
        query.filters = [.test(Filter.Test(.equals, .hit(.page), ["/it's"], isNegated: true))]
        #expect(ExplainedQuery(query) == .sql(sql))
    }

    /// Views of one site know the users of visitors, and questions name no schema.
    @Test func questionsAboutOneSiteReadItsViews() throws {
        for query in [try query([.visits, .bounceRate], [.hit(.page)]), try query([.clicks]), try query([.visitors])] {
            let all = try #require(ExplainedQuery(query).text)
            let own = try #require(ExplainedQuery(query, over: .ofOneSite).text)
            #expect(all.contains("hourglass_read.") && !own.contains("hourglass_read.") && !own.contains("alias"))
            #expect(throws: SQLFault.self) { try SQLStatement(all) }
            #expect(throws: Never.self) { try SQLStatement(own) }
        }
    }

    @Test func numbersOfTheHourComeFromTheEvents() throws {
        let sql = """
            SELECT to_char(ts AT TIME ZONE 'Europe/Berlin', 'YYYY-MM-DD HH24:00:00') COLLATE "C" AS hour,
                   count(*) FILTER (WHERE kind = 1) AS clicks
              FROM hourglass_read.event
             WHERE site_id = 2 AND ts >= TIMESTAMPTZ '2026-01-05T00:00:00.000Z' \
            AND ts < TIMESTAMPTZ '2026-01-06T00:00:00.000Z'
             GROUP BY 1
             ORDER BY hour, clicks DESC
             LIMIT 10000;
            """
        #expect(ExplainedQuery(try query([.clicks], [.time(.hour)])) == .sql(sql))
        // By other fields they are those of hits.
        guard case .sql(let ofHits) = ExplainedQuery(try query([.impressions], [.hit(.page)])) else {
            Issue.record("no SQL")
            return
        }
        #expect(ofHits.contains("count(*) FILTER (WHERE name = 'impression') AS impressions"))
    }

    @Test func whatHasNoSQLHasAReason() throws {
        let page = Filter.Test(.matches, .hit(.page), ["a"])
        var cases: [(Query, String)] = [
            (try query([.scrollDepth]), "there is no SQL for scroll_depth"),
            (
                try query([.clicks, .visitors]),
                "there is no SQL for visitors together with numbers of the hour"
            ),
            (try query([.visitors], [.goal]), "there is no SQL for event:goal"),
            (try query([.visitors], [.property("plan")]), "there is no SQL for event:props:plan"),
            (try query([.visitors], [.visit(.user)]), "there is no SQL for visit:user"),
            (try query([.bounceRate], [.hit(.name)]), "there is no SQL for numbers of visits by event:name"),
        ]
        for (filter, reason) in [
            (.test(page), "there is no SQL for matches and matches_not"),
            (.done(.test(page)), "there is no SQL for has_done and has_not_done"),
            (
                .test(Filter.Test(.equals, .hit(.page), ["a"], ignoresCase: true)),
                "there is no SQL for filters that ignore case"
            ),
            (.test(Filter.Test(.equals, .hit(.page), ["a\u{0}"])), "a text has NUL"),
        ] as [(Filter, String)] {
            var query = try query([.visitors])
            query.filters = [filter]
            cases.append((query, reason))
        }
        var withBots = try query([.visitors])
        withBots.includesBots = true
        cases.append((withBots, "there is no SQL that counts machines"))
        for (query, reason) in cases { #expect(ExplainedQuery(query) == .none(reason: reason)) }
    }

    @Test(
        arguments: [
            ("a", "'a'"), ("", "''"), ("it's", "'it''s'"), (#"\'"#, #"E'\\'''"#), ("a\nb", #"E'a\u000ab'"#),
            ("\u{202E}", #"E'\u202e'"#), ("\u{E0001}", #"E'\U000e0001'"#), ("é e\u{301}", "'é e\u{301}'"),
        ]
    )
    func literalsAreOneTextEach(text: String, literal: String) {
        #expect(Array(text.sqlLiteral.utf8) == Array(literal.utf8))
    }

    @Test(arguments: [("/a/*", "/a/%"), ("**", "%"), (#"/%_\*"#, #"/\%\_\\%"#), ("/", "/")])
    func starsArePercentSigns(pattern: String, like: String) {
        #expect(pattern.likePattern == like)
    }
}
