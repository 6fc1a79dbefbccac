import ArgumentParser
import Schema
import Store
import SystemPackage

/// The command line: runs the comparison and prints its tables.
@main
struct Benchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "Benchmark",
        abstract: "Measure hourglass beside other ways to do the same, in turns; print medians, spreads and ratios.",
        discussion: """
            Starts servers with databases of their own in a temporary directory, and removes them however it ends. \
            The exit code is 1 when an answer is not the one that the database gives when it is asked directly.
            """,
        subcommands: [BareServer.self, NaiveServer.self, UmamiServer.self]
    )

    @Option(help: "Sections to run, with commas: write, bulk, hits, pages, reports, read, storage, servers, start.")
    var only: CommaList<SectionName> = CommaList(SectionName.allCases)

    @Option(help: "How often everything is measured; without it 3.")
    var rounds: Int?

    @Option(help: "Seconds that a measurement takes; without it 5.")
    var seconds: Int?

    @Option(help: "Numbers of connections for the write section; without it 1,64,256,1024.")
    var connections: CommaList<Int>?

    @Option(
        help:
            "Millions of events for the read section, without it 1,5,20; of page views for reports, without it 1,3,10."
    )
    var sizes: CommaList<Double>?

    @Option(help: "Users that the events of an hour are drawn from; without it 50000.")
    var users: Int?

    @Option(help: "postgres, timescaledb; without it both where both are installed.")
    var flavour: CommaList<Flavour>?

    @Option(help: "Where the results are written to; the same tables in Markdown go beside it.")
    var json = ".build/bench/results.json"

    @Option(help: "Where the databases live meanwhile; the user postgres must be able to enter it.")
    var directory = "/tmp"

    @Flag(help: "One short round with little data, to see that it works; its figures mean nothing.")
    var quick = false

    func validate() throws {
        let numbers = [rounds, seconds, users].compactMap(\.self) + (connections?.elements ?? [])
        guard numbers.allSatisfy({ 1...10_000_000 ~= $0 }), (sizes?.elements ?? []).allSatisfy({ 0.01...1_000 ~= $0 })
        else { throw ValidationError("numbers must be positive, and not out of all proportion") }
    }

    func run() async throws {
        let plan = plan
        try await untilInterrupted { try await Comparison(plan: plan).run() }
    }

    private var plan: Plan {
        Plan(
            sections: SectionName.allCases.filter(only.elements.contains),
            rounds: rounds ?? (quick ? 1 : 3),
            seconds: seconds ?? (quick ? 1 : 5),
            connections: connections?.elements ?? (quick ? [1, 64] : [1, 64, 256, 1024]),
            sizes: sizes?.elements ?? (quick ? [0.1] : [1, 5, 20]),
            views: sizes?.elements ?? (quick ? [0.1] : [1, 3, 10]),
            users: users ?? (quick ? 1_000 : 50_000),
            hotHour: quick ? .trial : .full,
            flavours: flavour?.elements,
            isQuick: quick,
            results: FilePath(json),
            directory: FilePath(directory)
        )
    }
}

extension SectionName: ExpressibleByArgument {}
extension Flavour: ExpressibleByArgument {}
