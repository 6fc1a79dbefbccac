/// A kind of request bodies, admitted separately from other kinds, so that a full queue of events refuses no login.
package struct BodyKind: Sendable {
    package let name: String
    /// Returns true while such bodies cannot be processed.
    let isFull: @Sendable () -> Bool
    /// The answer to a request that was not admitted in time.
    let refusal: Problem

    /// - Parameters:
    ///   - name: The identity of the kind.
    ///   - refusal: The answer to a request that was not admitted in time.
    ///   - isFull: Returns true while such bodies cannot be processed.
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
