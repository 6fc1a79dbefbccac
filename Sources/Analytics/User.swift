/// Somebody who sees and clicks: an opaque text of 1 to 256 bytes of UTF-8 without NUL.
///
/// Two users are the same when their bytes are, so `é` as one character and as two are two users. Swift's strings
/// compare otherwise.
package struct User: Hashable, Sendable {
    package static let maximumBytes = 256

    package let text: String

    package init(parsing bytes: Span<UInt8>) throws(Rejection) {
        guard !bytes.isEmpty else { throw Rejection(.user, .empty) }
        guard bytes.count <= User.maximumBytes else { throw Rejection(.user, .tooLong) }
        for index in bytes.indices where bytes[index] == 0 { throw Rejection(.user, .containsNUL) }
        do {
            text = String(copying: try UTF8Span(validating: bytes))
        } catch {
            throw Rejection(.user, .invalidUTF8)
        }
    }

    /// A user as the database has them, parsed when they came in.
    package init(stored text: String) {
        self.text = text
    }

    package static func == (first: User, second: User) -> Bool {
        let (first, second) = (first.text.utf8Span.span, second.text.utf8Span.span)
        guard first.count == second.count else { return false }
        for index in first.indices where first[index] != second[index] { return false }
        return true
    }

    /// Equal bytes are equal texts, so the text's own hash will do; it is the faster one.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(text)
    }
}
