/// The button that sends a form.
struct Button: Component {
    /// The weight of what it does; the raw value is a class.
    enum Kind: String, Sendable { case primary, secondary, danger, quiet }

    let label: String
    let kind: Kind
    /// The name and the value that it adds to the form.
    let value: (name: String, value: String)?
    /// The words for those who do not see the row that it belongs to.
    let subject: String?

    init(_ label: String, _ kind: Kind = .primary, value: (String, String)? = nil, subject: String? = nil) {
        self.label = label
        self.kind = kind
        self.value = value
        self.subject = subject
    }

    var html: HTML {
        """
        <button class="button \(kind.rawValue)"\(attribute: "name", value?.name)\(attribute: "value", value?.value)>\
        \(label)\(subject.map { "<span class=\"unseen\"> \($0)</span>" as HTML })</button>
        """
    }
}
