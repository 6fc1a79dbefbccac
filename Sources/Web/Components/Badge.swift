/// A word that marks a row, such as a role.
struct Badge: Component {
    /// The colour; the raw value is a class.
    enum Kind: String, Sendable { case plain, good, bad }

    let text: String
    var kind = Kind.plain

    init(_ text: String, _ kind: Kind = .plain) {
        self.text = text
        self.kind = kind
    }

    var html: HTML { "<span class=\"badge \(kind.rawValue)\">\(text)</span>" }
}
