import Analytics
import ArgumentParser
import HTTP
import Registry
import Server

/// Lists the notes of a site.
struct NoteList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the notes of a site by date.")

    @Argument(help: "The site.")
    var site: SiteName

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let site = site
        let notes = try await registry.use { try await $0.notes(of: site) }
        registry.show(notes, json: \.json, ["ID", "DATE", "TEXT"]) { note in
            ["\(note.id.rawValue)", note.date, note.text]
        }
    }
}
