import FoundationEssentials
import Synchronization

/// The dashboard of a server in a terminal, over its HTTP interface.
package struct Top: Sendable {
    let client: APIClient
    /// A key for the metrics, which need none of a server that is not behind a proxy.
    let key: String?
    let sites: [WatchedSite]
    let interval: Duration
    let look: Look

    /// - Parameters:
    ///   - options: The options.
    ///   - environment: The variables of the process.
    /// - Throws: `TopFailure.invalid`
    package init(_ options: TopOptions, environment: [String: String]) throws(TopFailure) {
        client = APIClient(endpoint: try Endpoint(options.url, certificate: options.certificate))
        sites = try options.watchedSites
        key = sites.first?.key
        guard 0.25...3_600 ~= options.interval else {
            throw .invalid(option: "interval", reason: "must be from 0.25 to 3600 seconds")
        }
        interval = .milliseconds(Int64(exactly: (options.interval * 1_000).rounded()) ?? 1_000)
        var look = Look(environment: environment)
        if options.isASCII { look.isUnicode = false }
        if options.isWithoutColour { look.hasColour = false }
        self.look = look
    }

    /// True if the standard output is a terminal, in which the dashboard can run.
    package static var hasTerminal: Bool { Console.isTerminal }

    /// Prints snapshots.
    ///
    /// - Parameters:
    ///   - count: The number of snapshots.
    ///   - isJSON: True for one JSON object a line, false for text.
    ///   - show: Takes the text of each.
    /// - Throws: `TopFailure.unanswered`
    package func snapshots(_ count: Int, isJSON: Bool, _ show: (String) -> Void) async throws {
        var dashboard = dashboard
        do {
            dashboard.note(try await ServerReading.read(client, key: key, hasLocal: isJSON))
            for _ in 0..<count {
                // Figures of rates are those of an interval.
                try await Task.sleep(for: interval)
                dashboard.note(try await ServerReading.read(client, key: key, hasLocal: isJSON))
                show(isJSON ? try json(dashboard) : dashboard.snapshot(width: 80, look).joined(separator: "\n"))
            }
        } catch let failure as APIClient.Failure {
            throw TopFailure.unanswered("no figures from \(client.endpoint.text): \(failure)")
        }
    }

    var dashboard: Dashboard {
        Dashboard(address: client.endpoint.text, interval: interval, sites: sites, theme: look.theme)
    }

    private func json(_ dashboard: Dashboard) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(dashboard.figures), as: UTF8.self)
    }
}
