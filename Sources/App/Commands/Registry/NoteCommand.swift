import ArgumentParser

/// Manages notes.
struct NoteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "note",
        abstract: "Add, list and remove notes on dates of sites.",
        discussion: "A note says what happened on a date, such as a release.",
        subcommands: [NoteAdd.self, NoteList.self, NoteRemove.self]
    )
}
