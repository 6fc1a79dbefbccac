import ArgumentParser
import Assembly
import GeoIP
import SystemPackage

/// The options of the commands about the GeoIP database.
struct GeoIPFlags: ParsableArguments {
    /// The ways to get a database, for messages.
    static let advice = """
        put a GeoLite2-City, DB-IP City Lite or similar .mmdb file there, or set \(Setting.geoAccount.variable) and \
        \(Setting.geoLicenseKey.variable) (free at https://www.maxmind.com/en/geolite2/signup) or \
        \(Setting.geoURL.variable), and run `hourglass geoip update`
        """

    @Option(name: .customLong(Setting.geoDatabase.name), help: "\(Setting.geoDatabase.documentation)")
    var database: String?

    @Option(name: .customLong(Setting.dataDirectory.name), help: "\(Setting.dataDirectory.documentation)")
    var dataDirectory: String?

    @Flag(help: "Print JSON.")
    var json = false

    /// The settings with these flags.
    func settings() throws -> Settings {
        let flags: [Setting: String?] = [.geoDatabase: database, .dataDirectory: dataDirectory]
        return try Settings(Configured(flags: flags.compactMapValues(\.self)))
    }
}

extension Settings {
    /// The file of the GeoIP database.
    ///
    /// - Returns: The path of a file that may be missing.
    /// - Throws: `CommandFailure` if the settings name none.
    func geoDatabasePath() throws(CommandFailure) -> FilePath {
        guard let path = geoDatabaseFile else {
            throw CommandFailure(
                "there is no place for a GeoIP database: set \(Setting.geoDatabase.variable) to a file"
            )
        }
        return path
    }
}
