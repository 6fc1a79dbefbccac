import Testing

@testable import Postgres

struct SQLStateTests {
    /// What an error means for the connection and for the work.
    struct Case: Sendable, CustomTestStringConvertible {
        let state: SQLState
        var isLoss = false
        var isTransient = false
        var isDataError = false

        var testDescription: String { state.rawValue }
    }

    private static let cases = [
        Case(state: .none, isLoss: true, isTransient: true),
        Case(state: "08006", isLoss: true, isTransient: true),
        Case(state: "22021", isDataError: true),
        Case(state: "22P03", isDataError: true),
        Case(state: "23502", isDataError: true),
        Case(state: .uniqueViolation, isDataError: true),
        Case(state: "25P02"),
        Case(state: "28P01"),
        Case(state: .invalidSchemaName),
        Case(state: "40001", isTransient: true),
        Case(state: "40P01", isTransient: true),
        Case(state: "42601"),
        Case(state: "42704"),
        Case(state: .undefinedTable),
        Case(state: "53100", isLoss: true, isTransient: true),
        Case(state: "53300", isLoss: true, isTransient: true),
        Case(state: "55P03"),
        Case(state: .queryCanceled),
        Case(state: "57P01", isLoss: true, isTransient: true),
        Case(state: "57P03", isLoss: true, isTransient: true),
        Case(state: "58030", isLoss: true, isTransient: true),
        Case(state: "P0001"),
        Case(state: "XX000", isLoss: true, isTransient: true),
    ]

    @Test(arguments: cases)
    func saysWhatAnErrorMeans(expected: Case) {
        #expect(expected.state.isConnectionLoss == expected.isLoss)
        #expect(expected.state.isTransient == expected.isTransient)
        #expect(expected.state.isDataError == expected.isDataError)
    }

    @Test func hasTheFirstTwoCharactersAsItsCategory() {
        #expect(SQLState.uniqueViolation.category == "23")
        #expect(SQLState.none.category == "")
    }
}
