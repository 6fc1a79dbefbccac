extension Timestamp {
    /// Reads a date and time with an offset (RFC 3339), such as `2026-01-05T10:00:00.25+01:00`.
    ///
    /// `T` and `Z` may be in lower case, and a space may separate date and time. Digits beyond milliseconds are dropped. A
    /// leap second, which only the last minute of a day in UTC has, is read as the last millisecond before it ends.
    ///
    /// - Parameter text: The text.
    /// - Throws: A `Rejection` of the timestamp, also of one before 1970.
    package init(rfc3339 text: Span<UInt8>) throws(Rejection) {
        guard let minute = Self.minute(of: text), let (milliseconds, end) = Self.milliseconds(of: text),
            let offset = Self.offset(of: text, from: end)
        else { throw Rejection(.timestamp, .invalidTime) }
        let inUTC = minute - offset
        // The second 60 is that of a minute which ends a day.
        guard milliseconds < 60_000 || (inUTC + 1).isMultiple(of: 1_440) else {
            throw Rejection(.timestamp, .invalidTime)
        }
        let moment = Timestamp(milliseconds: inUTC * 60_000 + min(milliseconds, 59_999))
        guard (0...Self.latest.milliseconds).contains(moment.milliseconds) else {
            throw Rejection(.timestamp, .outOfRange)
        }
        self = moment
    }

    /// The minutes from 1970 to the local date and time, `2026-01-05T10:00:` of the text.
    private static func minute(of text: Span<UInt8>) -> Int? {
        guard text.count > 16, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"), isSeparator(text[10]),
            text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":"),
            let year = text.number(in: 0..<4), let month = text.number(in: 5..<7), let day = text.number(in: 8..<10),
            let days = days(toYear: year, month, day),
            let hour = text.number(in: 11..<13), hour < 24, let minute = text.number(in: 14..<16), minute < 60
        else { return nil }
        return (days * 24 + hour) * 60 + minute
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "T") || byte == UInt8(ascii: "t") || byte == UInt8(ascii: " ")
    }

    /// The milliseconds of the minute, up to 60 999, and the position behind them.
    private static func milliseconds(of text: Span<UInt8>) -> (Int, end: Int)? {
        guard let second = text.number(in: 17..<19), second <= 60 else { return nil }
        guard text.count > 19, text[19] == UInt8(ascii: ".") else { return (second * 1_000, 19) }
        var end = 20
        var fraction = 0
        while end < text.count, let digit = text.number(in: end..<end + 1) {
            if end < 23 { fraction = fraction * 10 + digit }
            end += 1
        }
        guard end > 20 else { return nil }
        for _ in min(end, 23)..<23 { fraction *= 10 }
        return (second * 1_000 + fraction, end)
    }

    /// The offset from UTC in minutes, which ends the text.
    private static func offset(of text: Span<UInt8>, from start: Int) -> Int? {
        guard start < text.count else { return nil }
        switch text[start] {
        case UInt8(ascii: "Z"), UInt8(ascii: "z"): return text.count == start + 1 ? 0 : nil
        case UInt8(ascii: "+"), UInt8(ascii: "-"): break
        default: return nil
        }
        guard text.count == start + 6, text[start + 3] == UInt8(ascii: ":"),
            let hours = text.number(in: start + 1..<start + 3), hours < 24,
            let minutes = text.number(in: start + 4..<start + 6), minutes < 60
        else { return nil }
        let offset = hours * 60 + minutes
        return text[start] == UInt8(ascii: "-") ? -offset : offset
    }

    /// The days from 1970-01-01 to a date of the Gregorian calendar; nil if there is no such date.
    private static func days(toYear year: Int, _ month: Int, _ day: Int) -> Int? {
        let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1...12).contains(month), (1...lengths[month - 1]).contains(day) else { return nil }
        // The years before, with their leap days; 719 162 days lie before 1970.
        let before = year - 1
        let leapDays = before / 4 - before / 100 + before / 400
        return before * 365 + leapDays + lengths[..<(month - 1)].reduce(0, +) + day - 1 - 719_162
    }
}

extension Span<UInt8> {
    /// The number that the digits in a range form; nil if they are none.
    fileprivate func number(in range: Range<Int>) -> Int? {
        guard range.upperBound <= count else { return nil }
        var number = 0
        for index in range {
            guard (0x30...0x39).contains(self[index]) else { return nil }
            number = number * 10 + Int(self[index]) - 0x30
        }
        return number
    }
}
