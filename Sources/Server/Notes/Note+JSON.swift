package import Analytics
package import HTTP

extension Note {
    /// The note as clients get it, and as commands print it.
    package var json: JSON {
        .object(["id": .number(Int(id.rawValue)), "date": .text(date), "text": .text(text)])
    }
}

extension Note.Invalid {
    /// The reason of the refusal, with the form that is taken.
    package var reason: String {
        switch self {
        case .date: "not a date such as 2026-11-26, from 1970 on"
        case .text: "not 1 to \(Note.longestText) characters without NUL"
        }
    }
}
