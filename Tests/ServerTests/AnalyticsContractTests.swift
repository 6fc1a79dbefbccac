import NIOHTTP1
import Schema
import Store
import Support
import Testing

/// The request cases that the original system's clients rely on.
@Suite(.needsPostgres)
struct AnalyticsContractTests {
    /// Each case is sent as it is, and with a header that makes the router answer what the shortcut would.
    @Test(arguments: Flavour.allCases, [[:], ["Prefer": "respond-async"]] as [HTTPHeaders])
    func everyCaseHolds(flavour: Flavour, headers: HTTPHeaders) async throws {
        try await RunningServer.with(flavour) { server in
            for contract in ContractCase.all { try await contract.check(server, headers) }
        }
    }
}
