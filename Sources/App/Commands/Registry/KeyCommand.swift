import ArgumentParser

/// Manages keys.
struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Add, list and revoke the keys of sites.",
        discussion: """
            write: hits of the sender's own visitors; stands in pages, so it is no secret.
            server: hits of anybody, with addresses and old times.
            read: counts and reports.
            """,
        subcommands: [KeyAdd.self, KeyList.self, KeyRevoke.self]
    )
}
