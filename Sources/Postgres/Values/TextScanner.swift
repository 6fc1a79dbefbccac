/// Reads dates and times as PostgreSQL writes them when its `datestyle` is ISO: `0044-03-15 12:30:00.5+01 BC`.
struct TextScanner {
    private var rest: Substring.UTF8View
    private let isBeforeChrist: Bool

    init(_ text: String) {
        self.isBeforeChrist = text.utf8.last == UInt8(ascii: "C") && text.hasSuffix(" BC")
        self.rest = text[...].utf8.dropLast(isBeforeChrist ? 3 : 0)
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// Reads a text, and returns true if it is the next.
    mutating func skip(_ text: String) -> Bool {
        guard rest.starts(with: text.utf8) else { return false }
        rest = rest.dropFirst(text.utf8.count)
        return true
    }

    /// Reads a date; nil if there is none.
    mutating func date() -> GregorianDate? {
        guard let year = number(4...7), year > 0, skip("-"), let month = number(2...2), skip("-"),
            let day = number(2...2)
        else { return nil }
        return GregorianDate(year: isBeforeChrist ? 1 - year : year, month: month, day: day)
    }

    /// Reads a time of day, in microseconds; nil if there is none.
    mutating func time() -> Int? {
        guard let hour = number(2...2), skip(":"), let minute = number(2...2), skip(":"), let second = number(2...2),
            hour < 24, minute < 60, second < 60
        else { return nil }
        let microseconds = ((hour * 60 + minute) * 60 + second) * 1_000_000
        guard skip(".") else { return microseconds }
        return fraction().map { microseconds + $0 }
    }

    /// Reads the distance of a time zone from UTC, in seconds, positive east of Greenwich; 0 if there is none.
    ///
    /// - Returns: nil if there is something else than a distance.
    mutating func offset() -> Int? {
        if isAtEnd { return 0 }
        let isWest = skip("-")
        guard isWest || skip("+"), let hours = number(2...2) else { return nil }
        var seconds = hours * 3_600
        for unit in [60, 1] where skip(":") {
            guard let number = number(2...2) else { return nil }
            seconds += number * unit
        }
        return isWest ? -seconds : seconds
    }

    /// Reads one to six decimal places, in millionths.
    private mutating func fraction() -> Int? {
        let before = rest.count
        guard let number = number(1...6) else { return nil }
        return (before - rest.count..<6).reduce(number) { number, _ in number * 10 }
    }

    /// Reads as many digits as there are; nil if their number is none of those allowed, which must be at most 18.
    private mutating func number(_ count: ClosedRange<Int>) -> Int? {
        let digits = rest.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        guard count ~= digits.count else { return nil }
        rest = rest[digits.endIndex...]
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
}
