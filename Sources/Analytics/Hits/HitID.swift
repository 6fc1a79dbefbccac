/// The sender's name for a hit, so that a repetition stores nothing: 1 to 128 visible ASCII characters.
package struct HitID: Hashable, Sendable {
    package let text: String

    package init(parsing text: String) throws(Rejection) {
        guard (1...128).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Rejection(.id, .invalidKey)
        }
        self.text = text
    }
}
