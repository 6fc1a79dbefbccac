package import Analytics
import Postgres

extension RegistryEditor {
    /// All notes of a site, in the order of their dates.
    ///
    /// - Throws: `RegistryFailure.refused`, or the error of the database.
    package func notes(of site: SiteName) async throws -> [Note] {
        try await asking { try await $0.execute(ListNotes(site: site, first: nil, last: nil)) }
    }

    /// Adds a note to a site.
    ///
    /// - Parameters:
    ///   - date: A date that was checked by `Note.check`.
    ///   - text: A text that was checked likewise.
    ///   - site: The site.
    /// - Returns: The note.
    /// - Throws: `RegistryFailure.refused`, or the error of the database.
    package func addNote(_ date: String, _ text: String, to site: SiteName) async throws -> Note {
        let parameters = AddNote(date: date, text: text, site: site).parameters
        let id = try await make(Change("note.add", site.text, AddNote.sql, parameters))
        return Note(id: try NoteID(stored: id), date: date, text: text)
    }

    /// Removes a note of a site.
    ///
    /// - Throws: `RegistryFailure.refused`, or the error of the database.
    package func removeNote(_ id: NoteID, of site: SiteName) async throws {
        let parameters = RemoveNote(id: id, site: site).parameters
        _ = try await make(Change("note.remove", site.text, RemoveNote.sql, parameters))
    }
}
