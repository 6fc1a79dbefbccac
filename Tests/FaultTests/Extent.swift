import FoundationEssentials

/// How much is tried in a run, and by which random numbers.
enum Extent {
    /// `make faults` asks for all of it, `make test` for what fits into a minute.
    static let isFull = ProcessInfo.processInfo.environment["HOURGLASS_FAULTS"] == "full"

    /// The numbers of a run; given in HOURGLASS_SEED they are those of an earlier one.
    static let seed: UInt64 = {
        let given = ProcessInfo.processInfo.environment["HOURGLASS_SEED"].flatMap { UInt64($0) }
        let seed = given ?? .random(in: 1...999_999_999)
        announce("HOURGLASS_SEED=\(seed)")
        return seed
    }()

    /// Either the one or the other.
    static func of<Value>(full: Value, short: Value) -> Value { isFull ? full : short }
}
