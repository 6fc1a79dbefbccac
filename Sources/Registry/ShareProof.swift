package import Analytics
import Crypto
import FoundationEssentials

/// The proof that a browser was given the password of a share link: the second at which it ends, and an HMAC-SHA-256 of
/// the link and that second, such as `1798209127.…`.
///
/// Its key is made of the stored hash, so that it is over as soon as the link has another password, or is revoked.
package struct ShareProof: Sendable {
    /// The time for which a proof holds.
    package static let life: Duration = .seconds(30 * 86_400)
    /// The bytes of the longest text that is looked at.
    private static let longest = 100

    package let text: String

    /// Makes a proof; nil for a link without a password.
    ///
    /// - Parameters:
    ///   - share: The link, whose password was right.
    ///   - now: The current time.
    package init?(of share: RegistrySnapshot.Share, at now: Timestamp) {
        guard let password = share.password else { return nil }
        let end = now.advanced(by: Self.life).milliseconds / 1000
        let code = HMAC<SHA256>.authenticationCode(for: Self.message(share, end: end), using: password.key)
        let base64 = Data(code).base64EncodedString()
        text = "\(end)." + base64.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// Reads a text; nil unless it is a proof for a link that has not ended.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - share: The link.
    ///   - now: The current time.
    package init?(_ text: String, of share: RegistrySnapshot.Share, at now: Timestamp) {
        guard let password = share.password, text.utf8.count <= Self.longest else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let end = Int(parts[0]), end > now.milliseconds / 1000,
            let code = Data(base64Encoded: String(parts[1]).replacing("-", with: "+").replacing("_", with: "/") + "="),
            HMAC<SHA256>.isValidAuthenticationCode(
                Array(code),
                authenticating: Self.message(share, end: end),
                using: password.key
            )
        else { return nil }
        self.text = text
    }

    private static func message(_ share: RegistrySnapshot.Share, end: Int) -> [UInt8] {
        Array("\(share.id) \(end)".utf8)
    }
}

/// The text must not appear in a log.
extension ShareProof: CustomStringConvertible {
    package var description: String { "***" }
}
