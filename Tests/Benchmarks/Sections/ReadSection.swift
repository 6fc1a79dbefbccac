import Load
import Postgres
import Schema
import Store

/// Queries about hours of many sizes, compared with a direct query of the events.
struct ReadSection: Section {
    static let name = SectionName.read

    private static let hours = 24

    let session: Session
    let flavour: Flavour

    /// The first second of the current hour at the start of the section.
    private static var currentHour: Int { currentSecond / 3_600 * 3_600 }

    var expectedSeconds: Double {
        let fillings = plan.sizes.map { Int($0 * 1e6) } + [plan.hotHour.events, plan.hotHour.events]
        return fillings.map(fillingSeconds).reduce(0, +)
            + Double((3 * plan.sizes.count + 2) * plan.rounds) * roundSeconds
    }

    func run() async throws {
        for size in plan.sizes { try await measure(size: size) }
        try await measureHotHour()
        try await measureHotNow()
    }

    private var roundSeconds: Double { Double(2 * plan.seconds) }

    private func measure(size: Double) async throws {
        let title = "\(size.text(digits: size < 1 ? 1 : 0)) M events"
        let hour = Self.currentHour
        let filling = Filling(
            events: Int(size * 1e6),
            users: plan.users,
            hours: Self.hours + 1,
            until: currentSecond
        )
        // Every hour of these windows is full.
        let closed = hour - (Self.hours - 1) * 3_600...hour - 1
        try await with(filling, title) { hourglass, connection in
            for round in 1...plan.rounds {
                let quiet = questions(hourglass, isQuiet: true) { closed }
                try await ask(quiet, connection, "\(title), closed hours", round: round)
                let live = questions(hourglass, isQuiet: false) { hour...max(hour, currentSecond) }
                try await ask(live, connection, "\(title), live hour, 5 000 events/s", round: round, arriving)
            }
            // Last, because it leaves hours that must be counted from the events.
            for round in 1...plan.rounds {
                let late = questions(hourglass, isQuiet: false) { closed }
                let feed = Feed(events: 5, interval: .milliseconds(100), users: plan.users) { closed }
                try await ask(late, connection, "\(title), 50 late events/s", round: round, feed)
            }
            try await check(hourglass, connection, closed)
        }
    }

    /// Measures a past hour with as many events as other hours have in a day.
    private func measureHotHour() async throws {
        let start = Self.currentHour - 30 * 3_600
        let hot = plan.hotHour
        let filling = Filling(events: hot.events, users: hot.users, hours: 1, until: start + 3_600)
        let title = "hot hour, \(hot.events / 1_000) k events, \(hot.users / 1_000) k users"
        try await with(filling, title) { hourglass, connection in
            for round in 1...plan.rounds {
                let quiet = questions(hourglass, isQuiet: true) { start + 1_800...start + 5_400 }
                try await ask(quiet, connection, title, round: round)
            }
        }
    }

    /// Measures the hour that ends now, with as many events, while more arrive.
    private func measureHotNow() async throws {
        let now = currentSecond
        let hot = plan.hotHour
        let filling = Filling(events: hot.events, users: hot.users, hours: 1, until: now)
        let title = "the last hour, \(hot.events / 1_000) k events, \(hot.users / 1_000) k users, 5 000 events/s"
        try await with(filling, title) { hourglass, connection in
            for round in 1...plan.rounds {
                let questions = questions(hourglass, isQuiet: false) { now - 600...currentSecond }
                try await ask(questions, connection, title, round: round, arriving)
            }
        }
    }

    /// A feed of 5 000 current events per second.
    private var arriving: Feed {
        Feed(events: 50, interval: .milliseconds(10), users: plan.users) { currentSecond...currentSecond }
    }

    /// Lends a filled and idle server, and a connection to its database.
    private func with(
        _ filling: Filling,
        _ title: String,
        _ body: (Hourglass, Connection) async throws -> Void
    ) async throws {
        try await Hourglass.with(flavour, in: session.directory) { hourglass in
            await begin("\(title): filling", seconds: fillingSeconds(events: filling.events))
            try await filling.load(into: hourglass)
            try await waitForRefresh(hourglass)
            try await hourglass.withConnection { try await body(hourglass, $0) }
        }
    }

    private func questions(
        _ hourglass: Hourglass,
        isQuiet: Bool,
        _ instants: @escaping @Sendable () -> ClosedRange<Int>
    ) -> Questions {
        Questions(
            hourglass: hourglass,
            instants: instants,
            count: max(200, 600 / plan.rounds),
            directCount: 20,
            limit: .seconds(plan.seconds),
            isQuiet: isQuiet
        )
    }

    private func ask(
        _ questions: Questions,
        _ connection: Connection,
        _ situation: String,
        round: Int,
        _ feed: Feed? = nil
    ) async throws {
        await begin(situation, round: round, seconds: roundSeconds)
        var arrivals: [Metric: Double] = [:]
        let outcome: Questions.Outcome
        if let feed {
            let (rate, fed) = try await feed.during(questions.hourglass) { try await questions.ask(connection) }
            arrivals = [.arrivalsPerSecond: rate]
            outcome = fed
        } else {
            outcome = try await questions.ask(connection)
        }
        let served = outcome.served.values.merging(arrivals) { $1 }
        await note(situation, "hourglass", round: round, served)
        await note(situation, "direct query", round: round, outcome.direct.values)
        await fail(outcome.differences, situation)
    }

    /// Compares answers after the events have stopped, before the aggregates are refreshed.
    private func check(_ hourglass: Hourglass, _ connection: Connection, _ instants: ClosedRange<Int>) async throws {
        let questions = Questions(
            hourglass: hourglass,
            instants: { instants },
            count: 0,
            directCount: 5,
            limit: .seconds(plan.seconds),
            isQuiet: true
        )
        await fail(try await questions.ask(connection).differences, "after late events")
    }

    private func fail(_ differences: [String], _ situation: String) async {
        for difference in differences {
            await session.notebook.fail("\(flavour.rawValue), \(situation), \(difference)")
        }
    }
}
