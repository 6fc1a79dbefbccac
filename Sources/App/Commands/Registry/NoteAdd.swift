import Analytics
import ArgumentParser
import HTTP
import Registry
import Server

/// Adds a note.
struct NoteAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "Add a note to a date of a site.")

    @Argument(help: "The site.")
    var site: SiteName

    @Argument(help: "The date in the time zone of the site, such as 2026-11-26.")
    var date: String

    @Argument(help: "The text, up to \(Note.longestText) characters.")
    var text: String

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let (site, date, text) = (site, date, text)
        do throws(Note.Invalid) { try Note.check(date: date, text: text) } catch {
            throw CommandFailure(error.reason)
        }
        let note = try await registry.use { try await $0.addNote(date, text, to: site) }
        print(registry.json ? note.json.description : "added note \(note.id.rawValue) on \(note.date)")
    }
}
