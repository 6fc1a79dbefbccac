/// The sender's name for a hit, so that a repetition stores nothing: 1 to 128 visible ASCII characters.
package struct HitID: Hashable, Sendable {
    package let text: String

    package init(parsing text: String) throws(Rejection) {
        self.text = try SenderName.checked(text, .id)
    }
}
