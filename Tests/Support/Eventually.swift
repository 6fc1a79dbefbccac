package import Testing

/// Polls a condition until it is true; fails the test after two minutes.
///
/// The pauses between the polls leave the processor to what is waited for. They grow from one millisecond to twenty.
///
/// - Parameters:
///   - sourceLocation: The place of the failure.
///   - condition: The condition.
/// - Throws: The error of the condition, or an `ExpectationFailedError` if it never became true.
package func eventually(
    sourceLocation: SourceLocation = #_sourceLocation,
    _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + .seconds(120)
    var pause: Duration = .milliseconds(1)
    while try await !condition() {
        try #require(ContinuousClock.now < deadline, "it never came true", sourceLocation: sourceLocation)
        try await Task.sleep(for: pause)
        pause = min(pause * 2, .milliseconds(20))
    }
}
