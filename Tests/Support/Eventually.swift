package import Testing

/// Asks until it is so, many times at most; each question takes the time that an answer takes.
package func eventually(
    sourceLocation: SourceLocation = #_sourceLocation,
    _ condition: () async throws -> Bool
) async throws {
    for _ in 0..<5_000 where try await condition() { return }
    Issue.record("it did not come about", sourceLocation: sourceLocation)
}
