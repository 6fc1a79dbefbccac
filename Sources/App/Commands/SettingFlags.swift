import ArgumentParser
import Assembly

/// The flags of the settings with `Setting.databaseCommands`, which override the environment.
struct DatabaseFlags: ParsableArguments {
    @Option(name: .customLong(Setting.dataDirectory.name), help: "\(Setting.dataDirectory.documentation)")
    var dataDirectory: String?

    @Option(name: .customLong(Setting.databaseURL.name), help: "\(Setting.databaseURL.documentation)")
    var databaseURL: String?

    @Option(name: .customLong(Setting.flavour.name), help: "\(Setting.flavour.documentation)")
    var flavour: String?

    @Option(name: .customLong(Setting.logLevel.name), help: "\(Setting.logLevel.documentation)")
    var logLevel: String?

    var values: [Setting: String] {
        [.dataDirectory: dataDirectory, .databaseURL: databaseURL, .flavour: flavour, .logLevel: logLevel]
            .compactMapValues(\.self)
    }
}

/// The flags of the settings that only the server and its health check need.
struct ServerFlags: ParsableArguments {
    @Option(name: .customLong(Setting.host.name), help: "\(Setting.host.documentation)")
    var host: String?

    @Option(name: .customLong(Setting.port.name), help: "\(Setting.port.documentation)")
    var port: String?

    @Option(name: .customLong(Setting.publicURL.name), help: "\(Setting.publicURL.documentation)")
    var publicURL: String?

    @Flag(name: .customLong(Setting.strict.name), help: "\(Setting.strict.documentation)")
    var strict = false

    var values: [Setting: String] {
        [.host: host, .port: port, .publicURL: publicURL, .strict: strict ? "true" : nil].compactMapValues(\.self)
    }
}

extension DatabaseFlags {
    /// The settings with these flags, and others.
    func settings(_ others: [Setting: String] = [:]) throws -> Settings {
        try Settings(Configured(flags: values.merging(others, uniquingKeysWith: { $1 })))
    }
}
