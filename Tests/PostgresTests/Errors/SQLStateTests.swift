import Testing

@testable import Postgres

struct SQLStateTests {
    /// The consequences of an error for the connection and for the statement.
    struct Case: Sendable, CustomTestStringConvertible {
        let state: SQLState
        var isLoss = false
        var isValueError = false
        var isLimit = false

        var testDescription: String { state.rawValue }
    }

    private static let cases = [
        Case(state: .none, isLoss: true),
        Case(state: "08006", isLoss: true),
        Case(state: "0A000", isLoss: true),
        Case(state: "22001", isValueError: true),
        Case(state: "22003", isValueError: true),
        Case(state: "22007", isValueError: true),
        Case(state: "22008", isValueError: true),
        Case(state: "22021", isValueError: true),
        Case(state: "22P02", isValueError: true),
        Case(state: "22P03", isValueError: true),
        Case(state: "22P05", isValueError: true),
        Case(state: "54000", isValueError: true),
        Case(state: "22023"),
        Case(state: "2200H"),
        Case(state: "23502"),
        Case(state: .checkViolation),
        Case(state: .uniqueViolation),
        Case(state: .readOnlyTransaction, isLoss: true),
        Case(state: "25P02"),
        Case(state: "26000", isLoss: true),
        Case(state: "28P01"),
        Case(state: .invalidSchemaName),
        Case(state: "40001"),
        Case(state: "40P01"),
        Case(state: "42601"),
        Case(state: "42704"),
        Case(state: .undefinedTable),
        Case(state: "42P05", isLoss: true),
        Case(state: "53100", isLoss: true),
        Case(state: "53300", isLoss: true, isLimit: true),
        Case(state: "53400", isLoss: true, isLimit: true),
        Case(state: "54001"),
        Case(state: "55P03"),
        Case(state: .queryCanceled),
        Case(state: "57P01", isLoss: true),
        Case(state: "57P03", isLoss: true),
        Case(state: "58030", isLoss: true),
        Case(state: "P0001"),
        Case(state: "XX000", isLoss: true),
    ]

    @Test(arguments: cases)
    func classifiesErrors(expected: Case) {
        #expect(expected.state.isConnectionLoss == expected.isLoss)
        #expect(expected.state.isValueError == expected.isValueError)
        #expect(expected.state.isConnectionLimit == expected.isLimit)
    }

    @Test func hasTheFirstTwoCharactersAsItsCategory() {
        #expect(SQLState.uniqueViolation.category == "23")
        #expect(SQLState.none.category == "")
    }
}
