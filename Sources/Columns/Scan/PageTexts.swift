import Analytics

/// The pages that paths are, by the codes of the paths: a path is the first pattern that it matches.
struct PageTexts {
    let texts: [String?]
    /// True if no two codes are the same page.
    private let areDistinct: Bool

    /// - Parameters:
    ///   - paths: The paths by their codes.
    ///   - rules: The patterns that join them.
    init(_ paths: [String?], joinedBy rules: [String]) {
        areDistinct = rules.isEmpty
        let patterns = rules.map { (text: $0, pattern: Wildcard($0)) }
        guard !patterns.isEmpty else {
            texts = paths
            return
        }
        texts = paths.map { path in
            path.map { path in patterns.first { $0.pattern.matches(path) }?.text ?? path }
        }
    }

    /// The pages of hits, or those at which visits begin or end.
    func values(_ scope: AttributeValues.Scope, _ parts: [Part]) -> AttributeValues {
        AttributeValues(.path, scope, texts: texts, parts, areDistinct: areDistinct)
    }
}
