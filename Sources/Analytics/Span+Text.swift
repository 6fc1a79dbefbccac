extension Span<UInt8> {
    /// True if the bytes are the UTF-8 of a text.
    package func equals(_ text: String) -> Bool {
        let other = text.utf8.span
        guard count == other.count else { return false }
        for index in indices where self[index] != other[index] { return false }
        return true
    }
}
