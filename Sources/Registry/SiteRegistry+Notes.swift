package import Analytics

// The notes of sites, which are read from the database when they are asked for.
extension SiteRegistry {
    /// The notes of a site in the order of their dates.
    ///
    /// - Parameters:
    ///   - site: The site.
    ///   - first: The first date; nil for all before.
    ///   - last: The last date; nil for all after.
    /// - Returns: The notes.
    /// - Throws: `RegistryFailure`
    package func notes(of site: SiteName, from first: String?, to last: String?) async throws -> [Note] {
        try await rows(ListNotes(site: site, first: first, last: last))
    }

    /// Adds a note to a site.
    ///
    /// - Parameters:
    ///   - date: A date that was checked by `Note.check`.
    ///   - text: A text that was checked likewise.
    ///   - site: The site.
    /// - Returns: The note.
    /// - Throws: `RegistryFailure`
    package func addNote(_ date: String, _ text: String, to site: SiteName) async throws -> Note {
        let id = try await number(AddNote(date: date, text: text, site: site))
        return Note(id: try NoteID(stored: id), date: date, text: text)
    }

    /// Removes a note of a site.
    ///
    /// - Throws: `RegistryFailure`
    package func removeNote(_ id: NoteID, of site: SiteName) async throws {
        _ = try await number(RemoveNote(id: id, site: site))
    }
}
