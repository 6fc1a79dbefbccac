import Analytics
import ArgumentParser
import Registry

extension SiteName: ExpressibleByArgument {
    public init?(argument: String) {
        guard let name = try? SiteName(parsing: argument.utf8Span.span) else { return nil }
        self = name
    }
}

extension Hostname: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension KeyScope: ExpressibleByArgument {}

/// The options of a site that has been named.
struct SiteFlags: ParsableArguments {
    @Option(
        name: .customLong("hostname"),
        help: """
            A host whose pages may send hits with a write key: example.com, which covers www.example.com too, or \
            *.example.com; repeat it for several.
            """
    )
    var hostnames: [Hostname] = []

    @Option(help: "The time zone of its dates, such as Europe/Berlin.")
    var timezone: String?

    @Argument(help: "Settings as NAME=VALUE; NAME= takes the default. \(SiteSettingChanges.help)")
    var settings: [String] = []

    /// The settings to change.
    ///
    /// - Throws: `CommandFailure`
    func changes() throws -> SiteSettingChanges {
        do {
            return try SiteSettingChanges(settings)
        } catch {
            throw CommandFailure(error.description)
        }
    }
}

/// Refuses a label of more than 100 characters.
///
/// - Throws: `CommandFailure`
func checkLabel(_ label: String) throws {
    guard label.count <= 100 else { throw CommandFailure("--label is longer than 100 characters") }
}
