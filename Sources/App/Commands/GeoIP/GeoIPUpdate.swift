import ArgumentParser
import Assembly
import GeoIP
import HTTP
import Logging
import SystemPackage

/// Renews the database.
struct GeoIPUpdate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Download a newer database; a running server takes it by itself.",
        discussion: """
            It needs curl. The download is checked as a whole before it replaces the present database, which stays if \
            anything goes wrong. What has not changed since the last download is not downloaded again. The credentials \
            are settings, and are given to nobody but the server of the URL.

            Run it twice a week: GeoLite2 is renewed on Tuesdays and Fridays, DB-IP City Lite every month.
            """
    )

    @OptionGroup var flags: GeoIPFlags

    @Option(help: "The SHA-256 checksum that the download must have, in hexadecimal.")
    var sha256: Checksum?

    @Flag(help: "Download also what has not changed, and take a database that is older than the present one.")
    var force = false

    func run() async throws {
        let settings = try flags.settings()
        let path = try settings.geoDatabasePath()
        let source = try DownloadSource(settings)
        let update = DatabaseUpdate(path: path, source: source, checksum: sha256, isForced: force)
        let outcome: DatabaseUpdate.Outcome
        do {
            outcome = try await Interruptible.value(logger: JSONLogHandler.logger(level: .warning)) {
                try await update.run()
            }
        } catch {
            throw CommandFailure(error)
        }
        print(flags.json ? outcome.json(path).description : outcome.text(path))
    }
}

extension DatabaseUpdate.Outcome {
    fileprivate func text(_ path: FilePath) -> String {
        switch self {
        case .unchanged(let present): "up to date: \(path), \(present.type) of \(present.built)"
        case .updated(nil, let new): "added \(path), \(new.type) of \(new.built)"
        case .updated(let old?, let new):
            "updated \(path), from \(old.type) of \(old.built) to \(new.type) of \(new.built)"
        }
    }

    fileprivate func json(_ path: FilePath) -> JSON {
        let (isUpdated, old, new): (Bool, GeoMetadata?, GeoMetadata) =
            switch self {
            case .unchanged(let present): (false, nil, present)
            case .updated(let old, let new): (true, old, new)
            }
        return .object([
            "path": .text(path.string), "updated": .bool(isUpdated), "type": .text(new.type), "built": .text(new.built),
            "former_type": old.map { .text($0.type) }, "former_built": old.map { .text($0.built) },
        ])
    }
}
