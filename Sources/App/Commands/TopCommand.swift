import ArgumentParser
import FoundationEssentials
import Glibc
import Terminal

/// Shows a server in a terminal.
struct TopCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "top",
        abstract:
            "Show what a server does, in a terminal: rates, times, queue, machine, and the live figures of sites.",
        discussion: """
            It asks the server over HTTP, so it works from afar too. The key ? lists the keys. Without a terminal, and with \
            --once, it prints one snapshot as text, and with --json one as a JSON object.
            """
    )

    private static let standard = TopOptions()

    @Option(help: "The address of the server, or unix: and the path of its socket.")
    var url = standard.url

    @Option(help: "The file of the server's certificate in PEM, if this machine does not trust it.")
    var certificate: String?

    @Option(name: .customLong("site"), help: "A site to watch; repeat it for several.")
    var sites: [String] = []

    @Option(
        name: .customLong("key"),
        help: """
            A read key or share link of the site; with several sites one for each in their order. Better given in the \
            variable HOURGLASS_TOP_KEY, since others see arguments.
            """
    )
    var keys: [String] = []

    @Option(help: "Seconds between two readings.")
    var interval = standard.interval

    @Option(help: "Snapshots to print, one for each interval.")
    var count = 1

    @Flag(help: "Print a snapshot, also in a terminal.")
    var once = false

    @Flag(help: "Print snapshots as JSON, one object a line.")
    var json = false

    @Flag(help: "Draw with ASCII characters alone.")
    var ascii = false

    @Flag(help: "Draw without colours, as with NO_COLOR.")
    var noColor = false

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        guard count > 0 else { throw CommandFailure("--count is not 1 or more") }
        do throws(TopFailure) {
            let top = try Top(options(environment), environment: environment)
            do {
                guard once || json || count > 1 || !Top.hasTerminal else { return try await top.run() }
                try await top.snapshots(count, isJSON: json) { text in
                    print(text)
                    // A pipe would hold it back until the end.
                    fflush(nil)
                }
            } catch {
                throw error as? TopFailure ?? .unanswered("\(error)")
            }
        } catch {
            throw CommandFailure(error.description)
        }
    }

    private func options(_ environment: [String: String]) -> TopOptions {
        var options = TopOptions()
        options.url = url
        options.certificate = certificate
        options.sites = sites
        options.keys = keys.isEmpty ? [environment["HOURGLASS_TOP_KEY"]].compactMap(\.self) : keys
        options.interval = interval
        options.isASCII = ascii
        options.isWithoutColour = noColor
        return options
    }
}
