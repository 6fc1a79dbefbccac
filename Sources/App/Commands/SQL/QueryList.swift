import Analytics
import ArgumentParser
import HTTP
import Server
import Store

/// Lists the saved questions.
struct QueryList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the questions.")

    @OptionGroup var flags: QueryFlags

    @Flag(help: "Print JSON, one object a line.")
    var json = false

    func run() async throws {
        let queries = try await flags.use(about: nil) { _, library, _ in library.all }
        guard !json else { return queries.forEach { print($0.json.description) } }
        var table = TextTable(["QUESTION", "PARAMETERS", "TITLE"])
        for query in queries {
            let parameters = query.parameters.map { "\($0.name)=\($0.standard ?? "…")" }.joined(separator: " ")
            let title = query.fault.map { "cannot be run: \($0.description)" } ?? query.title
            table.add(["\(query.audience.rawValue)/\(query.name)", parameters, title])
        }
        print(table.text)
    }
}
