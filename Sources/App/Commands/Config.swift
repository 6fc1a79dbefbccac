import ArgumentParser
import Assembly

/// Shows the settings as they are in force.
struct Config: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show the settings in force and where each comes from; without secrets."
    )

    @OptionGroup var server: ServerFlags
    @OptionGroup var database: DatabaseFlags

    func run() async throws {
        let flags = server.values.merging(database.values, uniquingKeysWith: { $1 })
        let configured = try Configured(flags: flags)
        let rows = Setting.all.map { setting in
            let value = configured.value(setting)
            return (setting.name, setting.masked(value.text), value.source)
        }
        let nameWidth = rows.map { $0.0.count }.max() ?? 0
        let valueWidth = rows.map { $0.1.count }.max() ?? 0
        for (name, value, source) in rows {
            print("\(padded(name, nameWidth))  \(padded(value, valueWidth))  \(source)")
        }
        for variable in configured.ignored { print("\(variable) is ignored: Kubernetes sets it for a service") }
        // A value that the server would refuse is refused here too.
        _ = try Settings(configured)
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
