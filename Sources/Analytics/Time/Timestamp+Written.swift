extension Timestamp {
    /// A moment as it was written, which remembers in what unit.
    package struct Written: Sendable {
        package let timestamp: Timestamp
        package let isMilliseconds: Bool

        /// Reads a whole number of seconds or milliseconds since 1970: ASCII digits and nothing else.
        package init(parsing digits: Span<UInt8>) throws(Rejection) {
            guard !digits.isEmpty else { throw Rejection(.timestamp, .empty) }
            var number = 0
            for index in digits.indices {
                let digit = Int(digits[index]) - 0x30
                guard (0...9).contains(digit) else { throw Rejection(.timestamp, .notDigits) }
                // Beyond the limit it stays, so that a later letter is still found and nothing overflows.
                if number <= Timestamp.latest.milliseconds { number = number * 10 + digit }
            }
            guard number <= Timestamp.latest.milliseconds else { throw Rejection(.timestamp, .outOfRange) }
            isMilliseconds = number >= Timestamp.firstMilliseconds
            timestamp = isMilliseconds ? Timestamp(milliseconds: number) : Timestamp(seconds: number)
        }

        /// The number that stands for another moment in the same unit.
        package func number(for moment: Timestamp) -> Int {
            isMilliseconds ? moment.milliseconds : moment.milliseconds / 1000
        }
    }
}
