import Crypto
import FoundationEssentials

/// One-time codes of a second factor (RFC 6238): six digits by SHA-1, a new one every 30 seconds.
package struct OneTimeCode: Sendable {
    private static let digits = 6
    private static let seconds = 30
    /// The number of steps before and after the present one whose codes are taken: clocks differ.
    private static let tolerance = 1

    /// 20 bytes, as the RFC recommends for SHA-1.
    package let secret: [UInt8]

    package init(secret: [UInt8]) { self.secret = secret }

    /// Makes a secret from the system's source of random numbers.
    package static func random() -> OneTimeCode {
        var generator = SystemRandomNumberGenerator()
        return OneTimeCode(secret: (0..<20).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }

    /// Reads a secret as it is typed: base32, in which blanks do not count; nil for another text.
    package init?(base32 text: String) {
        var (bits, count, bytes) = (0, 0, [UInt8]())
        for character in text.utf8 where character != UInt8(ascii: " ") {
            guard let value = Self.alphabet.firstIndex(of: character & 0xDF) ?? Self.alphabet.firstIndex(of: character)
            else { return nil }
            (bits, count) = ((bits << 5 | value) & 0xFFF, count + 5)
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> count))
            }
        }
        guard bytes.count == 20 else { return nil }
        secret = bytes
    }

    /// The secret in base32 (RFC 4648), as apps take it.
    package var base32: String {
        var (bits, count, text) = (0, 0, [UInt8]())
        for byte in secret {
            (bits, count) = ((bits << 8 | Int(byte)) & 0xFFFF, count + 8)
            while count >= 5 {
                count -= 5
                text.append(Self.alphabet[bits >> count & 31])
            }
        }
        if count > 0 { text.append(Self.alphabet[bits << (5 - count) & 31]) }
        return String(decoding: text, as: UTF8.self)
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    /// Finds the time step that a code belongs to.
    ///
    /// - Parameters:
    ///   - code: The code, in which blanks do not count.
    ///   - second: The current time, in seconds since 1970.
    ///   - last: The time step of the last code that was taken; neither it nor an earlier one is taken again.
    /// - Returns: The step; nil if the code is not right.
    package func step(of code: String, at second: Int, after last: Int) -> Int? {
        let code = code.filter { $0 != " " }
        let present = second / Self.seconds
        return (present - Self.tolerance...present + Self.tolerance).first { $0 > last && self.code(at: $0) == code }
    }

    /// The code of a time step.
    package func code(at step: Int) -> String {
        let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> (56 - 8 * $0)) }
        let key = SymmetricKey(data: secret)
        let hash = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: key))
        let offset = Int(hash[hash.count - 1] & 15)
        let number = hash[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } & 0x7FFF_FFFF
        let text = String(number % 1_000_000)
        return String(repeating: "0", count: Self.digits - text.count) + text
    }
}
