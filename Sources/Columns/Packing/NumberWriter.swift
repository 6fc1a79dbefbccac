/// Numbers and texts as bytes.
struct NumberWriter {
    private(set) var bytes: [UInt8] = []

    /// Appends a number in LEB128: seven bits a byte, the lowest first.
    mutating func put(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// Appends a number with a sign, which is the lowest bit.
    mutating func put(signed number: Int) {
        put(UInt64(bitPattern: Int64(number << 1 ^ number >> (Int.bitWidth - 1))))
    }

    mutating func put(_ text: String) {
        put(UInt64(text.utf8.count))
        bytes += text.utf8
    }
}

/// Reads what a `NumberWriter` wrote.
struct NumberReader {
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { place == bytes.count }

    mutating func number() throws(PackedPartError) -> UInt64 {
        var number: UInt64 = 0
        var shift: UInt64 = 0
        while place < bytes.count, shift < 64 {
            let byte = bytes[place]
            place += 1
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return number }
            shift += 7
        }
        throw .damaged
    }

    mutating func signed() throws(PackedPartError) -> Int {
        let number = try self.number()
        return Int(truncatingIfNeeded: Int64(bitPattern: number >> 1)) ^ (number & 1 == 1 ? -1 : 0)
    }

    /// A number of entries that follow, each of which takes a byte at least.
    mutating func count() throws(PackedPartError) -> Int {
        guard let count = Int(exactly: try number()), count <= bytes.count - place else { throw .damaged }
        return count
    }

    mutating func text() throws(PackedPartError) -> String {
        let length = try count()
        defer { place += length }
        guard let text = String(validating: bytes[place..<place + length], as: UTF8.self) else { throw .damaged }
        return text
    }
}
