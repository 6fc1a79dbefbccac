import ArgumentParser
import Assembly

/// The flags that several commands take.
///
/// Each overrides the environment.
struct DatabaseFlags: ParsableArguments {
    @Option(name: .customLong(Setting.dataDirectory.rawValue), help: "\(Setting.dataDirectory.help)")
    var dataDirectory: String?

    @Option(name: .customLong(Setting.databaseURL.rawValue), help: "\(Setting.databaseURL.help)")
    var databaseURL: String?

    @Option(name: .customLong(Setting.flavour.rawValue), help: "\(Setting.flavour.help)")
    var flavour: String?

    @Option(name: .customLong(Setting.logLevel.rawValue), help: "\(Setting.logLevel.help)")
    var logLevel: String?

    var values: [Setting: String] {
        [.dataDirectory: dataDirectory, .databaseURL: databaseURL, .flavour: flavour, .logLevel: logLevel]
            .compactMapValues(\.self)
    }
}

/// The flags of the server alone.
///
/// What is not here can be set in the environment.
struct ServerFlags: ParsableArguments {
    @Option(name: .customLong(Setting.host.rawValue), help: "\(Setting.host.help)")
    var host: String?

    @Option(name: .customLong(Setting.port.rawValue), help: "\(Setting.port.help)")
    var port: String?

    @Flag(name: .customLong(Setting.strict.rawValue), help: "\(Setting.strict.help)")
    var strict = false

    var values: [Setting: String] {
        [.host: host, .port: port, .strict: strict ? "true" : nil].compactMapValues(\.self)
    }
}

extension DatabaseFlags {
    /// The settings with these flags, and others.
    func settings(_ others: [Setting: String] = [:]) throws -> Settings {
        try Settings(Configured(flags: values.merging(others, uniquingKeysWith: { $1 })))
    }
}
