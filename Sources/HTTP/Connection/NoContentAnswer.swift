import FoundationEssentials
import NIOCore

/// The answer 204 without content, prepared as bytes except for its id.
struct NoContentAnswer {
    private var second = -1
    private var start = ByteBuffer()
    /// The first half of each id, a random number of this event loop and process.
    private let high = UInt64.random(in: .min ... .max)
    private var low: UInt64 = 0
    /// The value of the header `Date` at the last update.
    private(set) var date = ""

    init(at now: Date) { update(to: now) }

    /// Updates the date.
    mutating func update(to now: Date) {
        let second = Int(now.timeIntervalSince1970)
        guard second != self.second else { return }
        self.second = second
        date = HTTPDate.text(seconds: second)
        start.clear()
        start.writeString("HTTP/1.1 204 No Content\r\nDate: \(date)\r\nX-Request-Id: ")
    }

    /// Writes the answer, with the id of the client or a new one.
    mutating func write(id: String?, isLast: Bool, to buffer: inout ByteBuffer) {
        buffer.writeImmutableBuffer(start)
        if let id {
            buffer.writeString(id)
        } else {
            low &+= 1
            buffer.writeHexadecimal(high)
            buffer.writeHexadecimal(low)
        }
        buffer.writeStaticString(isLast ? "\r\nConnection: close\r\n\r\n" : "\r\n\r\n")
    }

    /// A new id, as a text.
    mutating func newID() -> String {
        low &+= 1
        var buffer = ByteBuffer()
        buffer.writeHexadecimal(high)
        buffer.writeHexadecimal(low)
        return String(buffer: buffer)
    }
}

extension ByteBuffer {
    /// Writes 16 hexadecimal digits.
    fileprivate mutating func writeHexadecimal(_ number: UInt64) {
        writeHexadecimal(UInt32(truncatingIfNeeded: number >> 32))
        writeHexadecimal(UInt32(truncatingIfNeeded: number))
    }

    private mutating func writeHexadecimal(_ number: UInt32) {
        var digits: UInt64 = 0
        for shift in stride(from: 28, through: 0, by: -4) {
            let digit = UInt64(number >> UInt32(shift) & 15)
            digits = digits << 8 | (digit < 10 ? digit + 0x30 : digit + 0x57)
        }
        writeInteger(digits)
    }
}
