import Store
import Support
import Testing

/// The request cases that the original system's clients rely on.
@Suite(.needsPostgres)
struct AnalyticsContractTests {
    @Test(arguments: Flavour.allCases)
    func everyCaseHolds(flavour: Flavour) async throws {
        try await RunningServer.with(flavour) { server in
            for contract in ContractCase.all { try await contract.check(server) }
        }
    }
}
