/// The user of an event: an opaque text of 1 to 256 bytes of UTF-8 without NUL.
///
/// Users are compared by bytes, unlike Swift's strings: `é` as one scalar and as two are two users.
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

    /// A user from the database, where only valid ones are stored.
    package init(stored text: String) {
        self.text = text
    }

    package static func == (first: User, second: User) -> Bool {
        first.text.hasBytes(of: second.text)
    }

    /// Hashes the text, which is faster than its bytes and equal for equal bytes.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(text)
    }
}
