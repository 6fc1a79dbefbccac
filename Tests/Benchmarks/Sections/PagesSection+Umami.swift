import Postgres

/// Page views alone, one a request, beside the statements of Umami on the same PostgreSQL.
extension PagesSection {
    private static let situation = "64 connections, one page view a request"
    private static let connections = 64

    /// Measures both in turns.
    func measureBesideUmami(_ hourglass: Hourglass, key: String) async throws {
        try await hourglass.withConnection { try await $0.run(UmamiTables.sql) }
        let arguments = ["umami-server", "--database-url", hourglass.databaseURL]
        try await ServerProcess.with(ServerProcess.own, arguments, directory: session.directory) { umami in
            let contenders = [
                ("hourglass, durable", hourglass.process, Self.hits(key: key, users: plan.users)),
                ("Umami's statements over eight connections", umami, Self.sends(users: plan.users)),
            ]
            for round in 1...plan.rounds {
                await begin(Self.situation, round: round, seconds: Double(contenders.count * plan.seconds))
                for index in contenders.indices {
                    let (name, server, script) = contenders[(index + round - 1) % contenders.count]
                    try await measure(server, script, name, round: round)
                }
            }
        }
    }

    private func measure(_ server: ServerProcess, _ script: String, _ contender: String, round: Int) async throws {
        let wrk = Wrk(script: script, connections: Self.connections, seconds: plan.seconds)
        let (outcome, processorSeconds) = try await wrk.run(against: server, directory: session.directory)
        await note(
            Self.situation,
            contender,
            round: round,
            [
                .pageviewsPerSecond: outcome.requests / outcome.seconds,
                .p50: outcome.p50,
                .p99: outcome.p99,
                .requestsPerCPUSecond: outcome.requests / processorSeconds,
                .errors: outcome.errors,
            ]
        )
    }

    /// Draws the same visitors, pages and referrers for both: busy ones more often, by the square of a random number.
    private static func draw(users: Int, _ request: String) -> String {
        """
          math.randomseed(os.time())
          local function draw(count) return math.floor(count * math.random() ^ 2) end
          for i = 1, 20000 do
            local visitor, page, referrer = draw(\(users)), draw(5000), draw(400)
        \(request)
          end
        """
    }

    private static func hits(key: String, users: Int) -> String {
        Wrk.cycling(
            """
              local headers = { ["Content-Type"] = "application/json", ["Authorization"] = "Bearer \(key)" }
            """
                + draw(
                    users: users,
                    """
                        local body = string.format('{"url":"https://example.com/pages/%d","title":"Page %d",' ..
                          '"referrer":"https://site-%d.example.net/","screen":"1920x1080","language":"en-US",' ..
                          '"ip":"10.%d.%d.%d","user_agent":"Mozilla/5.0 (Windows NT 10.0; Win64; x64) ' ..
                          'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%d.0.0.0 Safari/537.36"}',
                          page, page, referrer, visitor / 65536, visitor / 256 % 256, visitor % 256, 120 + visitor % 24)
                        requests[i] = wrk.format("POST", "/api/v1/events", headers, body)
                    """
                )
        )
    }

    private static func sends(users: Int) -> String {
        Wrk.cycling(
            draw(
                users: users,
                """
                    requests[i] = wrk.format("POST", string.format(
                      "/send?visitor=%d&path=/pages/%d&title=Page%%20%d&referrer=site-%d.example.net",
                      visitor, page, page, referrer))
                """
            )
        )
    }
}
