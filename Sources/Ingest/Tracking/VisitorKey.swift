package import Analytics
import Crypto

/// A secret from which visitors are computed: that of a site, or the salt of a date.
///
/// A visitor is the first 8 bytes of an HMAC-SHA256 over the parts that identify it, each behind its length, so that
/// nobody without the secret can tell from a visitor who it is.
package struct VisitorKey: Sendable {
    private let key: SymmetricKey

    package init(_ secret: [UInt8]) {
        key = SymmetricKey(data: secret)
    }

    /// The visitor of a user with a name; the secret is the site's.
    package func visitor(named user: User) -> Visitor { visitor(["u".utf8Bytes, user.text.utf8Bytes]) }

    /// The visitor of a browser or device with an id; the secret is the site's.
    package func visitor(ofDevice id: String) -> Visitor { visitor(["v".utf8Bytes, id.utf8Bytes]) }

    /// The visitor of an address and a user agent; the secret is the salt of the date.
    ///
    /// - Parameters:
    ///   - address: The part of the address that its user cannot choose.
    ///   - agent: The `User-Agent`.
    ///   - site: The site, on each of which it is another visitor.
    /// - Returns: The visitor.
    package func visitor(at address: [UInt8], agent: String, of site: SiteID) -> Visitor {
        var number: [UInt8] = []
        number.append(bigEndian: site.rawValue)
        return visitor(["a".utf8Bytes, number, address, agent.utf8Bytes])
    }

    private func visitor(_ parts: [[UInt8]]) -> Visitor {
        var message: [UInt8] = []
        for part in parts {
            message.append(bigEndian: UInt32(truncatingIfNeeded: part.count))
            message += part
        }
        let code = HMAC<SHA256>.authenticationCode(for: message, using: key)
        return Visitor(rawValue: code.prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
    }
}

extension String {
    fileprivate var utf8Bytes: [UInt8] { Array(utf8) }
}
