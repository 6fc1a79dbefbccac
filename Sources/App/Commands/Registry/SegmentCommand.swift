import ArgumentParser

/// Manages segments.
struct SegmentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "segment",
        abstract: "Add, list and remove the segments of sites.",
        discussion: "A segment is a saved filter, which questions name by its id.",
        subcommands: [SegmentAdd.self, SegmentList.self, SegmentRemove.self]
    )
}
