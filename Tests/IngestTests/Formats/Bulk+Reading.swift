import Analytics
import Ingest

extension Bulk {
    /// Reads a text, with limits too high to affect the test.
    init(
        reading text: String,
        _ format: Format,
        limit: Int = 10_000,
        accepting seconds: ClosedRange<Int> = 0...2_000_000_000
    ) throws(Failure) {
        try self.init(reading: Array(text.utf8), format, limit: limit, accepting: seconds)
    }

    /// Reads bytes, with limits too high to affect the test.
    init(
        reading bytes: [UInt8],
        _ format: Format,
        limit: Int = 10_000,
        accepting seconds: ClosedRange<Int> = 0...2_000_000_000
    ) throws(Failure) {
        let times = Timestamp(seconds: seconds.lowerBound)...Timestamp(seconds: seconds.upperBound)
        try self.init(bytes.span, format: format, limit: limit, accepting: times)
    }
}

extension Bulk.LineError: CustomStringConvertible {
    /// For example `17 user: empty`, so that a test states its expectation in one line.
    package var description: String { "\(line) \(rejection)" }
}
