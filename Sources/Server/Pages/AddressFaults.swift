/// The reasons why parts of an address do not count, of which a page tells the first few.
struct AddressFaults: Sendable {
    private(set) var reasons: [String] = []

    /// The most reasons that are told.
    private static let most = 5

    /// Notes a reason, once.
    ///
    /// - Parameters:
    ///   - name: The parameter.
    ///   - reason: The reason.
    mutating func note(_ name: String, _ reason: String) {
        let text = "\(name): \(reason)"
        if reasons.count < Self.most, !reasons.contains(text) { reasons.append(text) }
    }
}
