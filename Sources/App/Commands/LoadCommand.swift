import ArgumentParser
import Load

/// Sends requests to a running server, and checks its answers.
struct LoadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Make traffic, and check the server's answers against an own exact count.",
        discussion: """
            Sends events to a running server, asks about random hours before, during and after, and stops at the first \
            answer that is not the one it counted itself. Users get a name of their own for each run, so the server \
            may hold other events; but nobody else should send any for the same hours meanwhile.

            Several sites share the requests by Zipf's law: the second one named gets half as many as the first, the \
            third one a third, and so on. Each site is counted and asked by itself.

            With --mode pages it sends visits of pages instead, and counts visitors, visits, page views and bounces of \
            what the server acknowledged, by each site and day (UTC), to be compared with the server's reports. The count \
            takes about 100 bytes of memory for each visitor and up to 40 for each further visit, however many page \
            views they have.
            """
    )

    private static let standard = LoadOptions()

    @Option(help: "The address of the server, by http: load speaks no TLS.")
    var url = standard.url

    @Option(name: .customLong("site"), help: "A site to send to, which the server knows; repeat it for several.")
    var sites = standard.sites

    @Option(
        name: .customLong("key"),
        help: "The server key of the site, for --mode pages; with several sites, one for each in their order."
    )
    var keys = standard.keys

    @Option(help: "Events a second; without it, as fast as the server answers.")
    var rate: Int?

    @Option(help: "Connections, each with one request at a time.")
    var connections = standard.connections

    @Option(help: "Seconds to run; without it and --events, 10.")
    var duration: Int?

    @Option(help: "How many events to send.")
    var events: Int?

    @Option(help: "How many users there are to draw from.")
    var users = standard.users

    @Option(help: "Exponent of Zipf's law by which users are drawn; 0 draws all alike.")
    var skew = standard.skew

    @Option(help: "Hours over which the events are spread.")
    var hours = standard.hours

    @Option(help: "Share of events that come late, from 0 to 1; of visits and of hits, with --mode pages.")
    var late = standard.late

    @Option(help: "Last second of the events, since 1970; without it, now.")
    var until: Int?

    @Option(help: "The same seed makes the same events.")
    var seed = standard.seed

    @Option(help: "Clicks and impressions in single or bulk requests, or visits of pages.")
    var mode = standard.mode

    @Option(help: "Events in a request; without it, 1000 in bulk, and one hit with --mode pages.")
    var bulkSize: Int?

    @Option(help: "csv or ndjson, for bulk requests.")
    var format = standard.format

    @Option(help: "Instants to check; 0 checks nothing.")
    var checks = standard.checks

    @Option(help: "Share of clicks, from 0 to 1; the rest are impressions.")
    var clicks = standard.clicks

    @Option(help: "Share of hits sent twice with the same id, from 0 to 1, for --mode pages.")
    var repeats = standard.repeats

    @Flag(help: "Print the report as one JSON object, and no progress.")
    var json = false

    func run() async throws {
        do {
            let report = try await LoadRun(options).run { line in
                if !json { print(line) }
            }
            print(json ? try report.json : report.table)
        } catch let error as LoadError {
            print("FAILED: \(error)")
            throw ExitCode.failure
        }
    }

    private var options: LoadOptions {
        var options = LoadOptions()
        options.url = url
        options.sites = sites
        options.keys = keys
        options.rate = rate
        options.connections = connections
        options.duration = duration.map { .seconds($0) }
        options.events = events
        options.users = users
        options.skew = skew
        options.hours = hours
        options.late = late
        options.until = until
        options.seed = seed
        options.mode = mode
        options.bulkSize = bulkSize
        options.format = format
        options.checks = checks
        options.clicks = clicks
        options.repeats = repeats
        return options
    }
}

extension LoadOptions.Mode: ExpressibleByArgument {}
extension LoadOptions.Format: ExpressibleByArgument {}
