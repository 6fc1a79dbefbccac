/// A kind of request bodies, which are admitted and wait apart from other kinds: a full queue of events must not refuse
/// a login.
package struct BodyKind: Sendable {
    package let name: String
    /// Returns true while nothing can be done with such a body.
    let isFull: @Sendable () -> Bool
    /// The answer to a request that has waited in vain.
    let refusal: Problem

    /// - Parameters:
    ///   - name: Tells the kinds apart.
    ///   - refusal: The answer to a request that has waited in vain.
    ///   - isFull: Returns true while nothing can be done with such a body.
    package init(_ name: String, refusal: Problem, isFull: @escaping @Sendable () -> Bool) {
        self.name = name
        self.refusal = refusal
        self.isFull = isFull
    }

    /// The bodies of routes that name no kind.
    static let other = BodyKind("other", refusal: .unavailable("too many bodies are being read")) { false }
}

extension BodyKind: Hashable {
    package static func == (first: BodyKind, second: BodyKind) -> Bool { first.name == second.name }
    package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
