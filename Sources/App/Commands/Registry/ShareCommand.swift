import ArgumentParser

/// Manages share links.
struct ShareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "share",
        abstract: "Add, list and revoke links to the reports of sites, and give them passwords.",
        discussion: """
            Whoever has a link may ask for the reports of its site, as far as its filters let hits through; \
            it goes into the parameter share of a URL. A link with a password opens the pages at /share/LINK alone, \
            which ask for it.
            """,
        subcommands: [ShareAdd.self, ShareList.self, SharePasswordCommand.self, ShareRevoke.self]
    )
}
