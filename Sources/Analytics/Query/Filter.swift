/// A condition on hits; a hit has to meet it as a whole.
package indirect enum Filter: Hashable, Sendable {
    /// A comparison of the value of a dimension with texts.
    package struct Test: Hashable, Sendable {
        /// A way to compare; the raw value is its name in queries.
        package enum Operator: String, Hashable, Sendable, CaseIterable {
            case equals = "is"
            case contains
            /// A regular expression matches somewhere.
            case matches
        }

        package var comparison: Operator
        /// True to take the values that do not compare.
        package var isNegated: Bool
        package var dimension: Dimension
        /// The texts, one of which has to compare.
        package var values: [String]
        package var ignoresCase: Bool

        package init(
            _ comparison: Operator,
            _ dimension: Dimension,
            _ values: [String],
            isNegated: Bool = false,
            ignoresCase: Bool = false
        ) {
            self.comparison = comparison
            self.isNegated = isNegated
            self.dimension = dimension
            self.values = values
            self.ignoresCase = ignoresCase
        }
    }

    case test(Test)
    case all([Filter])
    case any([Filter])
    case not(Filter)
    /// The visit of the hit has a hit in the period that meets the condition.
    case done(Filter)
}

extension Query {
    /// The bytes of the names and values of its filters, which tell filters apart that are equal to `String`: that takes
    /// canonically equivalent texts for the same.
    package var filterTexts: [[UInt8]] {
        filters.flatMap(\.tests).flatMap { test in ([test.dimension.name] + test.values).map { Array($0.utf8) } }
    }
}

extension Filter {
    /// All tests, those of `done` included.
    package var tests: [Test] {
        switch self {
        case .test(let test): [test]
        case .all(let filters), .any(let filters): filters.flatMap(\.tests)
        case .not(let filter), .done(let filter): filter.tests
        }
    }
}
