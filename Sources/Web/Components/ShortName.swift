/// A name that somebody chose, of which no more than some characters are shown: a page of many stays small.
struct ShortName: Component {
    private let text: String

    /// The most characters, counted as scalars.
    private static let most = 80

    /// - Parameters:
    ///   - text: The name.
    ///   - most: The most characters.
    init(_ text: String, most: Int = most) {
        let shown = text.unicodeScalars.prefix(most)
        self.text = shown.endIndex == text.unicodeScalars.endIndex ? text : "\(String(shown))…"
    }

    var html: HTML { .name(text) }
}
