extension Timestamp {
    /// A moment and the unit in which it was given.
    package struct Written: Sendable {
        package let timestamp: Timestamp
        package let isMilliseconds: Bool

        /// Reads a whole number of seconds or milliseconds since 1970, in ASCII digits only.
        package init(parsing digits: Span<UInt8>) throws(Rejection) {
            guard !digits.isEmpty else { throw Rejection(.timestamp, .empty) }
            var number = 0
            for index in digits.indices {
                let digit = Int(digits[index]) - 0x30
                guard (0...9).contains(digit) else { throw Rejection(.timestamp, .notDigits) }
                // Stops growing beyond the limit, to avoid overflow while the rest is checked for digits.
                if number <= Timestamp.latest.milliseconds { number = number * 10 + digit }
            }
            guard number <= Timestamp.latest.milliseconds else { throw Rejection(.timestamp, .outOfRange) }
            isMilliseconds = number >= Timestamp.firstMilliseconds
            timestamp = isMilliseconds ? Timestamp(milliseconds: number) : Timestamp(seconds: number)
        }

        /// Another moment as a number in the same unit.
        package func number(for moment: Timestamp) -> Int {
            isMilliseconds ? moment.milliseconds : moment.milliseconds / 1000
        }
    }
}
