/// An event of a date that whoever looks after a site wrote down, such as a release.
package struct Note: Hashable, Sendable {
    /// The refusal of a note.
    package enum Invalid: String, Error { case date, text }

    package let id: NoteID
    /// The date in the zone of the site, as `2026-11-26`.
    package let date: String
    package let text: String

    package init(id: NoteID, date: String, text: String) {
        self.id = id
        self.date = date
        self.text = text
    }

    /// The most characters (Unicode scalars) of a text.
    package static let longestText = 500

    /// Checks a note that is to be added.
    ///
    /// - Parameters:
    ///   - date: Its date.
    ///   - text: Its text, which may have several lines.
    /// - Throws: `Invalid`
    package static func check(date: String, text: String) throws(Invalid) {
        guard isDate(date) else { throw .date }
        guard 1...longestText ~= text.unicodeScalars.count, !text.utf8.contains(0) else { throw .text }
    }

    /// True for a date of the calendar such as `2026-11-26`, from 1970 on.
    package static func isDate(_ text: String) -> Bool {
        text.utf8.count == 10 && (try? Timestamp(rfc3339: "\(text)T00:00:00Z".utf8Span.span)) != nil
    }
}

package typealias NoteID = ID<Note>
