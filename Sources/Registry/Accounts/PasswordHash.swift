import Crypto
import CryptoExtras
import FoundationEssentials

/// The hash of a password by scrypt (RFC 7914), with its parameters and its salt.
///
/// The text has the PHC string format: `$scrypt$ln=15,r=8,p=3$…$…`. The default parameters are among those that the OWASP
/// Password Storage Cheat Sheet names: 32 MiB of memory, some 0.2 s.
struct PasswordHash: Sendable {
    private struct Cost: Sendable {
        /// The binary logarithm of the rounds.
        var logarithm = 15
        var blockSize = 8
        var parallelism = 3

        /// The most memory that a stored text may ask for, in bytes.
        private static let most = 256 << 20

        var isBearable: Bool {
            (1...24).contains(logarithm) && (1...32).contains(blockSize) && (1...16).contains(parallelism)
                && 128 * blockSize << logarithm <= Self.most
        }
    }

    private let cost: Cost
    private let salt: [UInt8]
    private let hash: [UInt8]

    /// Hashes a password with a random salt.
    ///
    /// - Throws: The error of the library, as for want of memory.
    init(of password: String) throws {
        var generator = SystemRandomNumberGenerator()
        cost = Cost()
        salt = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        hash = try Self.derive(password, salt, cost, count: 32)
    }

    /// Reads a text; nil if it is none of a hash that this program can check.
    init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt", let cost = Self.cost(parts[2]),
            let salt = Data(base64Encoded: Self.padded(parts[3])),
            let hash = Data(base64Encoded: Self.padded(parts[4])),
            (16...64).contains(hash.count)
        else { return nil }
        (self.cost, self.salt, self.hash) = (cost, Array(salt), Array(hash))
    }

    /// The text, as the database keeps it.
    var text: String {
        let cost = "ln=\(cost.logarithm),r=\(cost.blockSize),p=\(cost.parallelism)"
        return "$scrypt$\(cost)$\(Self.base64(salt))$\(Self.base64(hash))"
    }

    /// True for the password that was hashed; takes as long for any other.
    ///
    /// - Throws: The error of the library, as for want of memory.
    func matches(_ password: String) throws -> Bool {
        let other = try Self.derive(password, salt, cost, count: hash.count)
        return zip(hash, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func derive(_ password: String, _ salt: [UInt8], _ cost: Cost, count: Int) throws -> [UInt8] {
        let key = try KDF.Scrypt.deriveKey(
            from: Array(password.utf8),
            salt: salt,
            outputByteCount: count,
            rounds: 1 << cost.logarithm,
            blockSize: cost.blockSize,
            parallelism: cost.parallelism
        )
        return Array(key)
    }

    private static func cost(_ text: Substring) -> Cost? {
        let pairs = text.split(separator: ",").map { $0.split(separator: "=") }
        guard pairs.count == 3, pairs.allSatisfy({ $0.count == 2 }), pairs.map({ $0[0] }) == ["ln", "r", "p"],
            let logarithm = Int(pairs[0][1]), let blockSize = Int(pairs[1][1]), let parallelism = Int(pairs[2][1])
        else { return nil }
        let cost = Cost(logarithm: logarithm, blockSize: blockSize, parallelism: parallelism)
        return cost.isBearable ? cost : nil
    }

    /// Base64 without padding, as the format has it.
    private static func base64(_ bytes: [UInt8]) -> String {
        var text = Data(bytes).base64EncodedString()
        while text.last == "=" { text.removeLast() }
        return text
    }

    private static func padded(_ text: Substring) -> String {
        text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    }
}

extension Array where Element == UInt8 {
    fileprivate init(_ key: SymmetricKey) {
        self = unsafe key.withUnsafeBytes { unsafe Array($0) }
    }
}
