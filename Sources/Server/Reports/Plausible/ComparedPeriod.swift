import Analytics
import HTTP

/// The period with which a query compares its own.
enum ComparedPeriod: Hashable, Sendable {
    case previous
    /// The same dates a year before.
    case year
    case range(DateRange, written: JSONValue)

    init(_ value: JSONValue) throws(QueryRefusal) {
        switch value {
        case .text("previous"): self = .previous
        case .text("year"): self = .year
        case .array: self = .range(try Self.range(value), written: value)
        default: throw Self.invalid(value)
        }
    }

    private static func range(_ value: JSONValue) throws(QueryRefusal) -> DateRange {
        do {
            return try DateRange(value)
        } catch {
            throw invalid(value)
        }
    }

    private static func invalid(_ value: JSONValue) -> QueryRefusal {
        .at("include/compare", "Expected \"previous\", \"year\" or two dates but got \(value).")
    }

    /// The range that is compared with a period.
    ///
    /// - Parameters:
    ///   - period: The period.
    ///   - isAligned: True if both have to begin on the same day of the week.
    /// - Returns: The range.
    func range(for period: Period, isAligned: Bool) -> DateRange {
        switch self {
        case .previous: .before(period, isAligned: isAligned)
        case .year: .yearBefore(period, isAligned: isAligned)
        case .range(let range, _): range
        }
    }

    var json: JSON {
        switch self {
        case .previous: "previous"
        case .year: "year"
        case .range(_, let written): .raw(written.description)
        }
    }
}
