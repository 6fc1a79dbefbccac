import Support
import Testing

/// Runs a cluster as long as the suite runs.
struct OwnClusterTrait: SuiteTrait, TestScoping {
    /// The cluster of the suite.
    @TaskLocal static var cluster: OwnCluster?

    func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing body: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await OwnCluster.with { cluster in
            try await Self.$cluster.withValue(cluster) { try await body() }
        }
    }
}

extension Trait where Self == OwnClusterTrait {
    /// Gives the suite a cluster that it may break.
    static var ownCluster: Self { OwnClusterTrait() }
}
