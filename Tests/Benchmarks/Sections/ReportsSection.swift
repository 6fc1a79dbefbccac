import FoundationEssentials
import Load
import Postgres
import Schema
import Store
import SystemPackage

/// The twelve cards of a dashboard about the page views of a month, compared with SQL on the documented views.
struct ReportsSection: Section {
    static let name = SectionName.reports

    let session: Session
    let flavour: Flavour

    /// The dashboards of a measurement, without the first.
    private static let repetitions = 10
    /// The seconds after which no other card is asked in SQL, for each filter.
    private static let mostSeconds = 45.0

    var expectedSeconds: Double {
        plan.views.map { size in
            10 + size * 60 + Double(DashboardFilter.all.count) * filterSeconds(Int(size * 1e6))
        }.reduce(0, +)
    }

    /// The approximate time of a filter's first round with some page views.
    private func filterSeconds(_ views: Int) -> Double { min(Self.mostSeconds, 4 + Double(views) / 50_000) + 4 }

    func run() async throws {
        for size in plan.views { try await measure(size: size) }
    }

    /// Measures with as many page views, in millions: by three servers, so that what is kept is known.
    private func measure(size: Double) async throws {
        let data = session.directory.appending("reports-\(flavour.rawValue)-\(UInt32.random(in: 0 ... .max))")
        defer {
            // The run removes the parent directory at the end.
            try? FileManager.default.removeItem(atPath: data.string)
        }
        let title = "\(size.text(digits: size < 1 ? 1 : 0)) M page views"
        let filling = HitFilling(views: Int(size * 1e6), now: currentSecond)
        let dashboard = Dashboard(filling: filling)
        await begin("\(title): filling", seconds: 10 + size * 15)
        try await Hourglass.with(flavour, data: data) { hourglass in
            try await hourglass.withConnection { try await filling.store($0) }
        }
        await begin("\(title): parts", seconds: 10 + size * 5)
        try await Hourglass.with(flavour, data: data) { hourglass in
            try await measureFirst(hourglass, dashboard, "\(title), from rows")
            try await waitForParts(hourglass, title)
        }
        try await Hourglass.with(flavour, data: data) { hourglass in
            try await measureFirst(hourglass, dashboard, "\(title), from stored parts")
            try await deriveVisits(hourglass, dashboard, title)
            for round in 1...plan.rounds { try await measureFilters(hourglass, dashboard, title, round: round) }
            try await measureHits(hourglass, dashboard, title)
            try await measureIncoming(hourglass, dashboard, title)
        }
    }

    /// Measures the first dashboard of a server.
    private func measureFirst(_ hourglass: Hourglass, _ dashboard: Dashboard, _ situation: String) async throws {
        let before = try ProcessUsage(of: hourglass.process.id)
        let answer = try await Inquirer(url: hourglass.process.url).converse { conversation in
            try await dashboard.ask(DashboardFilter.all[0], number: 0, isAnew: true, &conversation)
        }
        let usage = try ProcessUsage(of: hourglass.process.id)
        await note(
            situation,
            "hourglass",
            round: 1,
            [
                .first: answer.duration.inSeconds * 1e3,
                .processorMilliseconds: (usage.processorSeconds - before.processorSeconds) * 1e3,
                .residentMegabytes: usage.residentMegabytes,
            ]
        )
    }

    /// Waits until the parts of all days before today are stored, and notes their size.
    private func waitForParts(_ hourglass: Hourglass, _ title: String) async throws {
        try await hourglass.withConnection { connection in
            let end = ContinuousClock.now + .seconds(120)
            while true {
                guard let stored = try await connection.execute(PartBytes()).first else { return }
                // The day may have changed since the filling.
                if stored.days >= HitFilling.days - 1 {
                    let bytes = Double(stored.bytes) / Double(max(1, stored.views))
                    await note("\(title), stored parts", "hourglass", round: 1, [.bytesPerView: bytes])
                    return
                }
                guard ContinuousClock.now < end else { throw Dashboard.Failure(description: "parts are never stored") }
                // Polls, because only the table shows when the last part is stored.
                try await Task.sleep(for: .milliseconds(500))
            }
        }
    }

    // MARK: Dashboards

    private func measureFilters(
        _ hourglass: Hourglass,
        _ dashboard: Dashboard,
        _ title: String,
        round: Int
    ) async throws {
        let views = dashboard.filling.views
        for (place, filter) in DashboardFilter.all.enumerated() {
            let situation = "\(title), \(filter.name)"
            await begin(situation, round: round, seconds: round == 1 ? filterSeconds(views) : 4)
            let number = 1 + ((round - 1) * DashboardFilter.all.count + place) * (Self.repetitions + 1)
            let last = number + Self.repetitions
            let numbers = number...last
            let cards = try await measure(hourglass, dashboard, filter, numbers, isAnew: true, situation, round: round)
            let again = "\(situation), asked again for more rows"
            _ = try await measure(hourglass, dashboard, filter, numbers, isAnew: false, again, round: round)
            // The rows do not change, so that they are asked once.
            if round == 1 { try await compare(cards, hourglass, dashboard, filter, number: last, situation) }
        }
    }

    /// Asks as many dashboards as there are numbers; returns the cards of the last.
    private func measure(
        _ hourglass: Hourglass,
        _ dashboard: Dashboard,
        _ filter: DashboardFilter,
        _ numbers: ClosedRange<Int>,
        isAnew: Bool,
        _ situation: String,
        round: Int
    ) async throws -> [[Dashboard.Row]] {
        var answers: [Dashboard.Answer] = []
        var before = try ProcessUsage(of: hourglass.process.id)
        try await Inquirer(url: hourglass.process.url).converse { conversation in
            for number in numbers {
                answers.append(try await dashboard.ask(filter, number: number, isAnew: isAnew, &conversation))
                if number == numbers.lowerBound { before = try ProcessUsage(of: hourglass.process.id) }
            }
        }
        let usage = try ProcessUsage(of: hourglass.process.id)
        let spent = usage.processorSeconds - before.processorSeconds
        let times = answers.map { $0.duration.inSeconds * 1e3 }
        let sorted = times.dropFirst().sorted()
        await note(
            situation,
            "hourglass, twelve cards",
            round: round,
            [
                .p50: (sorted[sorted.count / 2] + sorted[(sorted.count - 1) / 2]) / 2,
                .p95: sorted[min(sorted.count - 1, sorted.count * 95 / 100)],
                .first: times[0],
                .processorMilliseconds: spent * 1e3 / Double(sorted.count),
                .residentMegabytes: usage.residentMegabytes,
            ]
        )
        return answers.last?.cards ?? []
    }

    /// Derives the visits by their view, for the cards in SQL.
    private func deriveVisits(_ hourglass: Hourglass, _ dashboard: Dashboard, _ title: String) async throws {
        await begin("\(title): visits in SQL", seconds: Double(dashboard.filling.views) / 30_000)
        let start = ContinuousClock.now
        try await hourglass.withConnection { try await $0.run(CardStatement.visits(dashboard.period)) }
        let seconds = (ContinuousClock.now - start).inSeconds
        await note("\(title), visits for all cards", "SQL", round: 1, [.first: seconds * 1e3])
    }

    /// Asks cards in SQL as long as there is time; records a failure for each that differs.
    private func compare(
        _ cards: [[Dashboard.Row]],
        _ hourglass: Hourglass,
        _ dashboard: Dashboard,
        _ filter: DashboardFilter,
        number: Int,
        _ situation: String
    ) async throws {
        var (seconds, count) = (0.0, 0)
        for (card, answered) in zip(DashboardCard.all, cards) where seconds < Self.mostSeconds {
            let statement = CardStatement(
                card: card,
                filter: filter,
                period: dashboard.period,
                rows: card.rows(number)
            )
            let start = ContinuousClock.now
            let counted = try await rows(statement, hourglass)
            seconds += (ContinuousClock.now - start).inSeconds
            count += 1
            // An hour in which a visit started whose hits come later has a row without hits.
            let served = card.isSeries ? answered.filter { $0.metrics.contains { $0 > 0 } } : answered
            if counted != served {
                let place = zip(counted, served).enumerated().first { $0.element.0 != $0.element.1 }?.offset
                let row = place.map { "counted \(counted[$0]), answered \(served[$0])" }
                let difference = row ?? "\(counted.count) rows counted, \(served.count) answered"
                await session.notebook.fail("\(flavour.rawValue), \(situation), \(card.name): \(difference)")
            }
        }
        await note(situation, "SQL, \(count) of the cards", round: 1, [.p50: seconds * 1e3])
    }

    private func rows(_ statement: CardStatement, _ hourglass: Hourglass) async throws -> [Dashboard.Row] {
        let psql = session.installation.binaries.appending("psql").string
        let arguments = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", hourglass.databaseURL]
        let setup = "SET work_mem = '256MB'; SET jit = off;"
        let text = try await output(of: psql, arguments, input: "\(setup)\n\(statement.sql);\n")
        let json = text.filter { !$0.isNewline }
        return json.isEmpty ? [] : try JSONDecoder().decode([Dashboard.Row].self, from: Data(json.utf8))
    }

    // MARK: Hits

    /// Measures when a hit of now is counted, and the first dashboard after one of an old day.
    private func measureHits(_ hourglass: Hourglass, _ dashboard: Dashboard, _ title: String) async throws {
        let filling = dashboard.filling
        let times = [
            ("a hit of now", filling.until),
            ("a late hit", filling.first + HitFilling.days / 2 * 86_400),
        ]
        try await Inquirer(url: hourglass.process.url).converse { conversation in
            // Other numbers than those before.
            var number = 5_000
            let filter = DashboardFilter.all[0]
            var before = try await dashboard.ask(filter, number: number, isAnew: false, &conversation).pageviews
            for round in 1...plan.rounds {
                for (name, second) in times {
                    let stored = try await dashboard.storeHit(at: second, &conversation)
                    number += 1
                    let answer = try await dashboard.ask(filter, number: number, isAnew: false, &conversation)
                    if answer.pageviews != before + 1 {
                        let numbers = "\(answer.pageviews) page views instead of \(before + 1)"
                        await session.notebook.fail("\(flavour.rawValue), \(title), after \(name): \(numbers)")
                    }
                    before = answer.pageviews
                    await note("\(title), \(name)", "storing it", round: round, [.p50: stored.inSeconds * 1e3])
                    await note(
                        "\(title), \(name)",
                        "the next dashboard",
                        round: round,
                        [.first: answer.duration.inSeconds * 1e3]
                    )
                }
            }
        }
    }
}

extension ReportsSection {
    /// The hits that come in a second, in bodies of a hundred.
    private static let incoming = 5_000

    /// Measures dashboards without a filter while hits of the present come, and how long those take to be stored.
    private func measureIncoming(_ hourglass: Hourglass, _ dashboard: Dashboard, _ title: String) async throws {
        var options = LoadOptions()
        options.url = hourglass.process.url
        options.mode = .pages
        options.sites = [HitFilling.site]
        options.keys = [HitFilling.serverKey]
        options.users = plan.users
        options.hours = 1
        (options.connections, options.bulkSize, options.rate) = (4, 100, Self.incoming)
        options.duration = .seconds(plan.isQuick ? 2 : 15)
        let situation = "\(title), \(Self.incoming) hits/s coming in"
        for round in 1...plan.rounds {
            await begin(situation, round: round, seconds: 20)
            options.seed = UInt64(round)
            let given = options
            async let load = LoadRun(given).run { _ in }
            let number = 20_000 + round * 100
            let numbers = number...(number + Self.repetitions)
            let filter = DashboardFilter.all[0]
            _ = try await measure(hourglass, dashboard, filter, numbers, isAnew: false, situation, round: round)
            let report = try await load
            await note(
                situation,
                "storing the hits",
                round: round,
                [
                    .eventsPerSecond: Double(report.acknowledgedEvents) / report.seconds,
                    .p50: report.milliseconds(0.5),
                    .p99: report.milliseconds(0.99),
                    .errors: Double(report.unsettledHits),
                ]
            )
        }
    }
}

/// The stored parts, their bytes, and the page views of their days.
private struct PartBytes: Statement {
    static let sql = """
        SELECT (SELECT count(*) FROM hourglass.part), \
        (SELECT coalesce(sum(octet_length(data)), 0)::bigint FROM hourglass.part), \
        (SELECT count(*) FROM hourglass.hit JOIN hourglass.name ON name.id = name_id \
        WHERE text = 'pageview' AND ts < (SELECT max(day) + 1 FROM hourglass.part)::timestamp AT TIME ZONE 'UTC')
        """
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> (days: Int, bytes: Int, views: Int) {
        let (days, bytes, views) = try row.decode((Int, Int, Int).self)
        return (days, bytes, views)
    }
}
