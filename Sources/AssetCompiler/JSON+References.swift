extension JSON {
    /// Every `$ref` in the value, at any depth.
    var references: [String] {
        switch self {
        case .scalar: []
        case .array(let elements): elements.flatMap(\.references)
        case .object(let members):
            members.flatMap { member in
                if member.key == "$ref", let reference = member.value.string {
                    [reference]
                } else {
                    member.value.references
                }
            }
        }
    }

    /// The value that a reference within the document points at, as `#/components/schemas/Event`.
    func value(at reference: String) -> JSON? {
        guard reference.hasPrefix("#/") else { return nil }
        var value: JSON? = self
        for token in reference.dropFirst(2).split(separator: "/", omittingEmptySubsequences: false) {
            // Escapes of JSON Pointer (RFC 6901).
            value = value?[String(token).replacing("~1", with: "/").replacing("~0", with: "~")]
        }
        return value
    }
}
