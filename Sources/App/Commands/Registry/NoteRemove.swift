import Analytics
import ArgumentParser
import HTTP
import Registry

/// Removes a note of a site.
struct NoteRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Remove a note of a site.")

    @Argument(help: "The site.")
    var site: SiteName

    @Argument(help: "The id of the note, as `note list` shows it.")
    var note: Int32

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let (site, id) = (site, NoteID(rawValue: note))
        try await registry.use { try await $0.removeNote(id, of: site) }
        print(registry.json ? JSON.object(["id": .number(Int(note))]).description : "removed note \(note)")
    }
}
