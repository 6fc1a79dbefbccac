import ArgumentParser

/// Manages share links.
struct ShareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "share",
        abstract: "Add, list and revoke links to the reports of sites.",
        discussion: """
            Whoever has a link may ask for the reports of its site, as far as its filters let hits through; \
            it goes into the parameter share of a URL.
            """,
        subcommands: [ShareAdd.self, ShareList.self, ShareRevoke.self]
    )
}
