extension Amount {
    /// Reads a decimal number, such as `-12.5` or `1e3`, and rounds it to millionths, halves away from zero.
    ///
    /// Nil for another text, and for a number beyond the limit.
    package init?(parsing text: Span<UInt8>) {
        guard let decimal = Decimal(text), let millionths = decimal.millionths else { return nil }
        self.init(millionths: millionths)
    }
}

/// A decimal number in its parts: ±digits × 10^exponent.
private struct Decimal {
    private var isNegative = false
    /// The first digits behind the zeros at the start, of which only as many matter as an amount has, and one more.
    private var digits: [Int] = []
    /// The number of digits behind the zeros at the start.
    private var count = 0
    private var exponent = 0

    private static let maximumDigits = 19

    init?(_ text: Span<UInt8>) {
        var position = 0
        isNegative = text.take(UInt8(ascii: "-"), &position)
        if !isNegative { _ = text.take(UInt8(ascii: "+"), &position) }
        let whole = addDigits(of: text, &position)
        var fraction = 0
        if text.take(UInt8(ascii: "."), &position) { fraction = addDigits(of: text, &position) }
        guard whole + fraction > 0 else { return nil }
        if text.take(UInt8(ascii: "e"), &position) || text.take(UInt8(ascii: "E"), &position) {
            guard let written = Self.exponent(of: text, &position) else { return nil }
            exponent = written
        }
        guard position == text.count else { return nil }
        exponent -= fraction
    }

    /// The number in millionths; nil if it has more than eighteen digits.
    var millionths: Int? {
        let kept = count + exponent + 6
        guard kept <= 18 else { return count == 0 ? 0 : nil }
        guard kept >= 0 else { return 0 }
        var number = 0
        for place in 0..<kept { number = number * 10 + (place < digits.count ? digits[place] : 0) }
        if kept < digits.count, digits[kept] >= 5 { number += 1 }
        return isNegative ? -number : number
    }

    /// Reads digits, and returns their number.
    private mutating func addDigits(of text: Span<UInt8>, _ position: inout Int) -> Int {
        let start = position
        while position < text.count, (0x30...0x39).contains(text[position]) {
            let digit = Int(text[position]) - 0x30
            if count > 0 || digit > 0 { count += 1 }
            if count > 0, count <= Self.maximumDigits { digits.append(digit) }
            position += 1
        }
        return position - start
    }

    /// Reads an exponent; one that no amount has is read as some other of that kind.
    private static func exponent(of text: Span<UInt8>, _ position: inout Int) -> Int? {
        let isNegative = text.take(UInt8(ascii: "-"), &position)
        if !isNegative { _ = text.take(UInt8(ascii: "+"), &position) }
        let start = position
        var number = 0
        while position < text.count, (0x30...0x39).contains(text[position]) {
            // Beyond every length of a text, so that no digits make up for it.
            number = min(number * 10 + Int(text[position]) - 0x30, 1 << 40)
            position += 1
        }
        guard position > start else { return nil }
        return isNegative ? -number : number
    }
}

extension Span<UInt8> {
    /// Takes the next byte if it is a certain one.
    fileprivate func take(_ byte: UInt8, _ position: inout Int) -> Bool {
        guard position < count, self[position] == byte else { return false }
        position += 1
        return true
    }
}
