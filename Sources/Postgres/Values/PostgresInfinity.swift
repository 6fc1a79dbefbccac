/// A date or time that may be one of PostgreSQL's two infinities.
package protocol PostgresInfinity: Equatable {
    static var infinity: Self { get }
    static var negativeInfinity: Self { get }
}

extension PostgresInfinity {
    /// True if it is neither infinity.
    package var isFinite: Bool { self != .infinity && self != .negativeInfinity }

    /// The text of an infinity; nil for a finite value.
    var infinityText: String? {
        switch self {
        case .infinity: "infinity"
        case .negativeInfinity: "-infinity"
        default: nil
        }
    }

    /// Reads the text of an infinity; nil for any other.
    init?(infinity text: String) {
        switch text {
        case "infinity": self = .infinity
        case "-infinity": self = .negativeInfinity
        default: return nil
        }
    }
}
