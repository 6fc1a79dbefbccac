import Support
import Testing

/// Runs a PostgreSQL cluster for the duration of the suite.
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
    /// A separate cluster for the suite, which its tests may break.
    static var ownCluster: Self { OwnClusterTrait() }
}
