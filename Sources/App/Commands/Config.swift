import ArgumentParser

/// Shows the settings as they are in force.
struct Config: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show the settings in force and where each comes from; without secrets."
    )

    @OptionGroup var server: ServerFlags
    @OptionGroup var database: DatabaseFlags

    func run() async throws {
        let flags = server.values.merging(database.values, uniquingKeysWith: { $1 })
        let configured = try await Configured(flags: flags)
        let rows = Setting.allCases.map { setting in
            let (text, source) = configured.value(setting)
            return (setting.rawValue, setting == .databaseURL ? redacted(url: text) : text, source)
        }
        let nameWidth = rows.map { $0.0.count }.max() ?? 0
        let valueWidth = rows.map { $0.1.count }.max() ?? 0
        for (name, value, source) in rows {
            print("\(padded(name, nameWidth))  \(padded(value, valueWidth))  \(source)")
        }
        // A value that the server would refuse is refused here too.
        _ = try Settings(configured)
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
