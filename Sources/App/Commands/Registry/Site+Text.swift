import Analytics

extension Site {
    /// The hosts as a list shows them.
    var hostText: String { hostnames.isEmpty ? "any" : hostnames.map(\.text).joined(separator: " ") }
}
