/// The rule for names that senders give to requests and hits: 1 to 128 visible ASCII characters.
enum SenderName {
    /// Checks a name.
    ///
    /// - Parameters:
    ///   - text: The name.
    ///   - field: The field to blame.
    /// - Returns: The name.
    /// - Throws: A `Rejection` of the field.
    static func checked(_ text: String, _ field: Rejection.Field) throws(Rejection) -> String {
        guard (1...128).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Rejection(field, .invalidKey)
        }
        return text
    }
}
