/// What a client names a request by, so that sending it again stores nothing again: 1 to 128 visible ASCII characters.
package struct IdempotencyKey: Hashable, Sendable {
    package let text: String

    package init(parsing text: String) throws(Rejection) {
        guard (1...128).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Rejection(.idempotencyKey, .invalidKey)
        }
        self.text = text
    }
}
