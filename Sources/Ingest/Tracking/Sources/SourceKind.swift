/// The kind of a source, by which its channel is found.
package enum SourceKind: String, Sendable, Hashable, CaseIterable {
    case search
    /// A chat with a language model.
    case assistant
    case social
    case video
    case mail
    case shopping
}
