import ArgumentParser

/// Manages goals.
struct GoalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "goal",
        abstract: "Add, list and remove the goals of sites.",
        discussion: """
            A goal is reached by an event, by a view of a page, or by scrolling a page down to a depth.
            Reports filter and group by goals, and tell the rate of visitors who reach them, also for the past.
            """,
        subcommands: [GoalAdd.self, GoalList.self, GoalRemove.self]
    )
}
