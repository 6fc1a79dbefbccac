import Load
import Postgres
import Schema
import Store

/// A section on one flavour.
protocol Section: Sendable {
    static var name: SectionName { get }
    var session: Session { get }
    var flavour: Flavour { get }
    /// The approximate duration, for the progress lines only.
    var expectedSeconds: Double { get }
    func run() async throws
}

extension Section {
    var plan: Plan { session.plan }

    /// Announces the next measurement.
    func begin(_ text: String, round: Int? = nil, seconds: Double) async {
        let place = round.map { ", round \($0) of \(plan.rounds)" } ?? ""
        await session.notebook.begin("\(Self.name.rawValue), \(flavour.rawValue)\(place): \(text)", seconds: seconds)
    }

    /// Records a measurement.
    func note(_ situation: String, _ contender: String, round: Int, _ values: [Metric: Double]) async {
        await session.notebook.note(
            Measurement(
                section: Self.name,
                flavour: flavour.rawValue,
                situation: situation,
                contender: contender,
                round: round,
                values: values
            )
        )
    }

    /// The approximate time to store a number of events and to refresh the aggregates.
    func fillingSeconds(events: Int) -> Double {
        2 + (plan.isQuick ? 0 : 30 + Double(events) / 150_000)
    }

    /// Waits until the aggregates cover every closed hour, except in a trial.
    func waitForRefresh(_ hourglass: Hourglass) async throws {
        if plan.isQuick { return }
        await session.notebook.say("    waiting until the aggregates are refreshed")
        try await Filling.waitForRefresh(hourglass)
    }

    /// Records a failure unless every acknowledged event is stored.
    func check(_ hourglass: Hourglass, acknowledged: Double) async throws {
        let stored = try await hourglass.withConnection { try await $0.execute(StoredEvents()).first ?? 0 }
        if Double(stored) < acknowledged {
            let numbers = "\(acknowledged.text(digits: 0)) events acknowledged, \(stored) stored"
            await session.notebook.fail("\(Self.name.rawValue), \(flavour.rawValue): \(numbers)")
        }
    }
}

private struct StoredEvents: Statement {
    static let sql = "SELECT count(*) FROM hourglass.event"
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Int {
        try row.decode(Int.self)
    }
}
