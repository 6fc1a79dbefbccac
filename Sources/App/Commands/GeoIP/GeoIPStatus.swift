import Analytics
import ArgumentParser
import Assembly
import GeoIP
import HTTP
import SystemPackage

/// Shows which database there is.
struct GeoIPStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show which database there is, how old it is, and the credit that its licence asks for.",
        discussion: "Exits with 0 if there is none, and with 1 if it cannot be used."
    )

    @OptionGroup var flags: GeoIPFlags

    func run() async throws {
        let path = try flags.settings().geoDatabasePath()
        guard try FileStamp(path) != nil else {
            let text = "there is no GeoIP database at \(path): \(GeoIPFlags.advice)"
            return print(flags.json ? JSON.object(["path": .text(path.string)]).description : text)
        }
        do throws(GeoFailure) {
            let database = try GeoDatabase(path)
            print(flags.json ? json(path, database).description : text(path, database))
        } catch {
            throw CommandFailure("\(path) cannot be used: \(error)")
        }
    }

    private func json(_ path: FilePath, _ database: GeoDatabase) -> JSON {
        let metadata = database.metadata
        let attribution = metadata.attribution.map {
            JSON.object(["text": .text($0.text), "url": .text($0.url)])
        }
        return .object([
            "path": .text(path.string), "type": .text(metadata.type),
            "description": metadata.description.map(JSON.text), "built": .text(metadata.built),
            "age_days": .number(metadata.days), "old": .bool(metadata.isOld(at: .now)),
            "size": .number(database.size), "attribution": attribution,
        ])
    }

    private func text(_ path: FilePath, _ database: GeoDatabase) -> String {
        let metadata = database.metadata
        let warning = metadata.isOld(at: .now) ? ": too old, renew it with `hourglass geoip update`" : ""
        var table = TextTable(["path", path.string])
        table.add(["type", metadata.type])
        if let description = metadata.description { table.add(["description", description]) }
        table.add(["built", metadata.built])
        table.add(["age", "\(metadata.days) days\(warning)"])
        table.add(["size", "\(database.size) bytes"])
        if let attribution = metadata.attribution {
            table.add(["attribution", attribution.text])
            table.add(["link", attribution.url])
        }
        return table.text
    }
}

extension GeoMetadata {
    /// The time when it was made, as RFC 3339.
    var built: String { Timestamp(seconds: builtAt).text }

    /// The whole days since then.
    var days: Int { age(at: .now) / 86_400 }
}

extension Int {
    /// The current time in seconds since 1970.
    fileprivate static var now: Int { Timestamp.now.milliseconds / 1_000 }
}
