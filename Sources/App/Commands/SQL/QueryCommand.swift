import ArgumentParser

/// Asks the saved questions in SQL.
struct QueryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query",
        abstract: "List and ask the questions in SQL that come with the program or are in HOURGLASS_QUERIES.",
        subcommands: [QueryList.self, QueryRun.self]
    )
}
