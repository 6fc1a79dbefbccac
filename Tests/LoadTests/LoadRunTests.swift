import Testing

@testable import Load

@Suite(.serialized)
struct LoadRunTests {
    @Test func countsWithTheServer() async throws {
        let report = try await run(nil)
        #expect(report.requests == 1_000)
        #expect(report.acknowledgedEvents == 1_000)
        #expect(report.finalChecks > 8)
        #expect(report.table.contains("answers 204            1000"))
    }

    @Test(arguments: [CountingServer.Fault.refusesSome, .closesSome, .closesAfterStoring, .failsSome])
    func toleratesFailedRequests(fault: CountingServer.Fault) async throws {
        let report = try await run(fault)
        #expect(report.requests == 1_000)
        #expect(report.acknowledgedEvents == 990)
    }

    @Test(arguments: [CountingServer.Fault.losesOne, .countsOneTwice])
    func failsAtAWrongCount(fault: CountingServer.Fault) async throws {
        let error = await #expect(throws: LoadError.self) { try await run(fault) }
        guard case .different(let difference) = try #require(error) else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(difference.description.contains("curl 'http://127.0.0.1:"))
        #expect(difference.description.contains("/analytics?timestamp=\(difference.timestamp)'"))
    }

    @Test func failsAtARejection() async {
        let error = await #expect(throws: LoadError.self) { try await run(.rejectsOne) }
        #expect(error?.description == "the server did not accept valid events: user: too long")
    }

    @Test func failsAtAnImpossibleCount() async {
        let error = await #expect(throws: LoadError.self) { try await run(.claimsTooMuch) }
        #expect(error?.description.contains("not a valid report") == true)
    }

    @Test func namesAnUnreachableServer() async throws {
        let url = try await CountingServer.with(nil) { $0 }
        var options = LoadOptions()
        options.url = url
        let run = try LoadRun(options)
        let error = await #expect(throws: LoadError.self) { try await run.run { _ in } }
        #expect(error?.description.hasPrefix("cannot reach \(url): ") == true)
    }

    @Test func addsToExistingEvents() async throws {
        try await CountingServer.with(nil) { url in
            for _ in 0..<2 {
                let report = try await run(url: url)
                #expect(report.acknowledgedEvents == 1_000)
            }
        }
    }

    @Test func countsEachSiteByItself() async throws {
        let report = try await run(nil, sites: CountingServer.sites)
        #expect(report.acknowledgedEvents == 1_000)
        #expect(report.finalChecks.isMultiple(of: 3))
        let events = CountingServer.sites.compactMap { site in
            report.table.split(separator: "\n").first { $0.hasPrefix("site \(site) ") }
                .flatMap { $0.split(separator: " ").dropFirst(2).first }.flatMap { Int($0) }
        }
        // Of eleven events six, three and two, more or less.
        #expect(events.reduce(0, +) == 1_000)
        #expect(events == events.sorted(by: >) && events.allSatisfy { $0 > 100 }, "\(events)")
    }

    @Test(arguments: [CountingServer.Fault.losesOne, .countsOneTwice, .mixesSites])
    func failsAtAWrongCountOfASite(fault: CountingServer.Fault) async throws {
        let error = await #expect(throws: LoadError.self) { try await run(fault, sites: CountingServer.sites) }
        guard case .different(let difference) = try #require(error) else {
            Issue.record("\(String(describing: error))")
            return
        }
        let name = try #require(difference.site.name)
        #expect(difference.description.contains("of the site \(name), asked"))
        #expect(difference.description.contains("/analytics?site=\(name)&timestamp=\(difference.timestamp)'"))
    }

    @Test(arguments: [0, 8])
    func namesASiteThatIsNotKnownBeforeItSends(checks: Int) async throws {
        try await CountingServer.with(nil) { url in
            let error = await #expect(throws: LoadError.self) {
                try await run(url: url, sites: ["shop", "nowhere"], checks: checks)
            }
            #expect(error?.description.hasPrefix("the server does not know the site nowhere ") == true)
            // Its events would make this wrong.
            let counts = try await Inquirer(url: url).converse { try await $0.ask(1, of: Site(parsing: "shop")) }
            #expect(counts == Counts())
        }
    }

    private func run(_ fault: CountingServer.Fault?, sites: [String] = []) async throws -> LoadReport {
        try await CountingServer.with(fault) { try await run(url: $0, sites: sites) }
    }

    private func run(url: String, sites: [String] = [], checks: Int = 8) async throws -> LoadReport {
        var options = LoadOptions()
        options.sites = sites
        (options.url, options.events, options.connections, options.checks) = (url, 1_000, 8, checks)
        // One hour, so that every window that includes the end includes every event.
        (options.hours, options.users) = (1, 500)
        return try await LoadRun(options).run { _ in }
    }
}
