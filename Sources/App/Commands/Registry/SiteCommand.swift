import ArgumentParser

/// Manages sites.
struct SiteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "site",
        abstract: "Add, list and change sites.",
        discussion: "While a server runs or not; every server takes a change within a second.",
        subcommands: [
            SiteAdd.self, SiteList.self, SiteShow.self, SiteSnippet.self, SiteSet.self, SiteRename.self, SiteMove.self,
            SiteReset.self, SiteRemove.self, SiteSizes.self,
        ]
    )
}
