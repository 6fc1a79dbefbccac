package import Testing

/// Polls a condition until it is true, up to a limited number of times and without a pause.
package func eventually(
    sourceLocation: SourceLocation = #_sourceLocation,
    _ condition: () async throws -> Bool
) async throws {
    for _ in 0..<5_000 where try await condition() { return }
    Issue.record("it did not come about", sourceLocation: sourceLocation)
}
