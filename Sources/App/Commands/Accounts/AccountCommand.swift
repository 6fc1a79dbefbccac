import ArgumentParser

/// Manages accounts.
struct AccountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account",
        abstract: "Manage the accounts that log in to the pages.",
        discussion: """
            viewer: dashboards.
            member: single hits and visits, goals, segments, notes, share links.
            admin: settings, keys and members of sites.
            owner: reset, removal and handing over of sites, and the organisation.
            An operator may do everything everywhere.
            """,
        subcommands: [
            AccountAdd.self, AccountList.self, AccountPassword.self, AccountReset.self, AccountRole.self,
            AccountOperator.self, AccountRemove.self,
        ]
    )
}
