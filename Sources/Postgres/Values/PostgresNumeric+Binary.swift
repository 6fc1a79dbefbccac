/// The binary format: digits of base 10 000 from the highest on, the exponent of the first, a sign and the number of
/// decimal digits behind the point (`numeric_send` of PostgreSQL).
extension PostgresNumeric: PostgresEncodable, PostgresDecodable {
    private enum Sign {
        static let positive: UInt16 = 0
        static let negative: UInt16 = 0x4000
        static let notANumber: UInt16 = 0xC000
        static let infinity: UInt16 = 0xD000
        static let negativeInfinity: UInt16 = 0xF000
    }

    package func encode(into bytes: inout [UInt8]) {
        guard isFinite else {
            let sign = self == .notANumber ? Sign.notANumber : self == .infinity ? Sign.infinity : Sign.negativeInfinity
            return [0, 0, sign, 0].forEach { $0.encodeBigEndian(into: &bytes) }
        }
        let isNegative = description.utf8.first == UInt8(ascii: "-")
        let parts = description.dropFirst(isNegative ? 1 : 0).split(separator: ".")
        let fraction = parts.count == 2 ? Array(parts[1].utf8) : []
        var digits = Self.groups(of: Array(parts[0].utf8), fraction)
        // At most 131 072 and 16 383 decimal digits, so nothing here is too great for 16 bits.
        var weight = (parts[0].utf8.count + 3) / 4 - 1
        let zeros = digits.prefix { $0 == 0 }.count
        weight -= zeros
        digits.removeFirst(zeros)
        while digits.last == 0 { digits.removeLast() }
        let head = [
            UInt16(digits.count), UInt16(bitPattern: Int16(digits.isEmpty ? 0 : weight)),
            isNegative ? Sign.negative : Sign.positive, UInt16(fraction.count),
        ]
        for field in head + digits { field.encodeBigEndian(into: &bytes) }
    }

    /// The digits of base 10 000, the decimal point being between two of them.
    private static func groups(of whole: [UInt8], _ fraction: [UInt8]) -> [UInt16] {
        let zero = UInt8(ascii: "0")
        let padding = (whole: (4 - whole.count % 4) % 4, fraction: (4 - fraction.count % 4) % 4)
        let digits =
            Array(repeating: zero, count: padding.whole) + whole + fraction
            + Array(repeating: zero, count: padding.fraction)
        return stride(from: 0, to: digits.count, by: 4).map { start in
            digits[start..<start + 4].reduce(0) { $0 * 10 + UInt16($1 - zero) }
        }
    }

    package init(postgres bytes: UnsafeRawBufferPointer?) throws(PostgresDecodingError) {
        guard let bytes else { throw PostgresDecodingError(reason: "not a numeric") }
        var reader = BinaryReader(bytes)
        let count = Int(try reader.read(UInt16.self))
        let weight = Int(try reader.read(Int16.self))
        let sign = try reader.read(UInt16.self)
        let scale = Int(try reader.read(UInt16.self))
        guard reader.count == 2 * count, scale <= Self.mostDigits.fraction else {
            throw PostgresDecodingError(reason: "not a numeric")
        }
        switch sign {
        case Sign.positive, Sign.negative:
            var digits: [UInt16] = []
            for _ in 0..<count { digits.append(try reader.read(UInt16.self)) }
            try self.init(digits, weight: weight, isNegative: sign == Sign.negative, scale: scale)
        case Sign.notANumber: self = .notANumber
        case Sign.infinity: self = .infinity
        case Sign.negativeInfinity: self = .negativeInfinity
        default: throw PostgresDecodingError(reason: "a numeric with an unknown sign")
        }
    }

    /// Makes a number of digits of base 10 000, the first of which counts 10 000^`weight`.
    private init(
        _ digits: [UInt16],
        weight: Int,
        isNegative: Bool,
        scale: Int
    ) throws(PostgresDecodingError) {
        guard digits.allSatisfy({ $0 < 10_000 }) else { throw PostgresDecodingError(reason: "not a numeric") }
        let last = -(scale + 3) / 4
        var text: [UInt8] = []
        for place in stride(from: max(weight, 0), through: last, by: -1) {
            let index = weight - place
            var digit = digits.indices.contains(index) ? digits[index] : 0
            if place == -1 { text.append(UInt8(ascii: ".")) }
            for unit: UInt16 in [1_000, 100, 10, 1] {
                text.append(UInt8(ascii: "0") + UInt8(digit / unit))
                digit %= unit
            }
        }
        // The last digit of base 10 000 may reach beyond the scale.
        text.removeLast(-last * 4 - scale)
        guard let number = PostgresNumeric((isNegative ? "-" : "") + String(decoding: text, as: UTF8.self)) else {
            throw PostgresDecodingError(reason: "not a numeric")
        }
        self = number
    }
}
