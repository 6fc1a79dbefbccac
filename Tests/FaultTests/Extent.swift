import FoundationEssentials

/// The length of a run, and the seed of its random numbers.
enum Extent {
    /// True for the long form of `make faults`; false for that of `make test`, which takes about a minute.
    static let isFull = ProcessInfo.processInfo.environment["HOURGLASS_FAULTS"] == "full"

    /// The seed of the run; HOURGLASS_SEED repeats the numbers of an earlier one.
    static let seed: UInt64 = {
        let given = ProcessInfo.processInfo.environment["HOURGLASS_SEED"].flatMap { UInt64($0) }
        let seed = given ?? .random(in: 1...999_999_999)
        announce("HOURGLASS_SEED=\(seed)")
        return seed
    }()

    /// The value for the form of this run.
    static func of<Value>(full: Value, short: Value) -> Value { isFull ? full : short }
}
