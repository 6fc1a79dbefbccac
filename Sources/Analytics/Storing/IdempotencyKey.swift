/// The client's name for a request, so that a repetition stores nothing: 1 to 128 visible ASCII characters.
package struct IdempotencyKey: Hashable, Sendable {
    package let text: String

    package init(parsing text: String) throws(Rejection) {
        self.text = try SenderName.checked(text, .idempotencyKey)
    }
}
