import ArgumentParser
import Assembly
import HTTP

/// Shows the settings as they are in force.
struct Config: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show the settings in force and where each comes from; without secrets."
    )

    @OptionGroup var server: ServerFlags
    @OptionGroup var database: DatabaseFlags

    @Flag(help: "Print JSON, one object a line.")
    var json = false

    func run() async throws {
        let flags = server.values.merging(database.values, uniquingKeysWith: { $1 })
        let configured = try Configured(flags: flags)
        let rows = Setting.all.map { setting in
            let value = configured.value(setting)
            return (setting.name, setting.masked(value.text), value.source)
        }
        if json {
            for (name, value, source) in rows {
                let members: JSON.Members = ["name": .text(name), "value": .text(value), "source": .text(source)]
                print(JSON.object(members).description)
            }
        } else {
            show(rows, ignored: configured.ignored)
        }
        // A value that the server would refuse is refused here too.
        _ = try Settings(configured)
    }

    private func show(_ rows: [(String, String, String)], ignored: [String]) {
        let nameWidth = rows.map { $0.0.count }.max() ?? 0
        let valueWidth = rows.map { $0.1.count }.max() ?? 0
        for (name, value, source) in rows {
            print("\(padded(name, nameWidth))  \(padded(value, valueWidth))  \(source)")
        }
        for variable in ignored { print("\(variable) is ignored: Kubernetes sets it for a service") }
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
