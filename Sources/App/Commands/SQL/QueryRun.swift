import Analytics
import ArgumentParser
import HTTP
import Server
import Store
import SystemPackage

/// Asks a saved question about a site.
struct QueryRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Ask a question about a site.",
        discussion: "hourglass query run example.com public/entry-pages --from 2026-11-01 --to 2026-11-30 --set limit=5"
    )

    /// The form of the answer.
    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json, csv, ndjson }

    @Argument(help: "The site.")
    var site: SiteName

    @Argument(help: "The question, such as public/visits; the audience may be left out.")
    var question: String

    @Option(help: "The first date, in the zone of the site.")
    var from: String?

    @Option(help: "The last date.")
    var to: String?

    @Option(help: "A number of days that end today, instead of dates.")
    var days: String?

    @Option(name: .customLong("set"), help: "A value of a parameter, as NAME=VALUE.")
    var values: [String] = []

    @Option(help: "The form of the answer: table, json, csv or ndjson.")
    var format = Format.table

    @Flag(help: "Print JSON, as with --format json.")
    var json = false

    @OptionGroup var flags: QueryFlags

    func validate() throws {
        guard json, format != .table, format != .json else { return }
        throw ValidationError("--json and --format \(format.rawValue) name different forms")
    }

    func run() async throws {
        let given = try given
        let question = question
        let table = try await flags.use(about: site) { desk, library, site in
            let found = library.all.first { query in
                ["\(query.audience.rawValue)/\(query.name)", query.name].contains(question)
            }
            guard let found, let site else { throw CommandFailure("there is no question \(question)") }
            do {
                return try await desk.answer(found, about: site, given)
            } catch let problem as Problem {
                throw CommandFailure(problem.description)
            }
        }
        print(text(of: table), terminator: "")
        guard table.isTruncated else { return }
        // Without a reader of standard error, the rows are all the same.
        _ = try? FileDescriptor.standardError.writeAll("there are more rows\n".utf8)
    }

    private var given: [String: String] {
        get throws {
            var given = ["from": from, "to": to, "days": days].compactMapValues(\.self)
            for value in values {
                let parts = value.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2 else { throw ValidationError("'\(value)' is not NAME=VALUE") }
                given[String(parts[0])] = String(parts[1])
            }
            return given
        }
    }

    private func text(of table: QueryTable) -> String {
        switch json ? .json : format {
        case .table:
            var text = TextTable(table.columns.map(\.name))
            for row in table.rows { text.add(row.map { $0.cell ?? "NULL" }) }
            return text.text + "\n"
        case .json: return table.json.description + "\n"
        case .csv: return table.report.csv
        case .ndjson: return table.report.ndjson
        }
    }
}
