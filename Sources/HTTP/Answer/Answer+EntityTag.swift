import Crypto
import HTTPTypes
package import Hummingbird

extension Answer {
    /// The answer with an entity tag of its bytes; without them, as 304, if the client has the same.
    ///
    /// - Parameter request: A request by `GET` or `HEAD`: for other methods a condition means something else (RFC 9110,
    ///   section 13.1.2).
    /// - Returns: The answer.
    package func tagged(for request: Request) -> Answer {
        var answer = self
        let entityTag = "\"\(entityDigest(of: Array(body.readableBytesView)))\""
        answer.headers[.eTag] = entityTag
        guard request.headers.isKnown(entityTag) else { return answer }
        answer.headers[.contentType] = nil
        return Answer(status: .notModified, headers: answer.headers)
    }
}

/// The beginning of the SHA-256 of bytes, in 32 hexadecimal digits.
func entityDigest(of bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).prefix(16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

extension HTTPFields {
    /// True if `If-None-Match` has an entity tag, which a proxy may have marked as weak (RFC 9110, section 13.1.2).
    func isKnown(_ entityTag: String) -> Bool {
        guard let tags = self[.ifNoneMatch] else { return false }
        return tags.split(separator: ",").contains { tag in
            let tag = tag.drop { $0 == " " }.prefix { $0 != " " }
            return tag == "*" || tag == entityTag || tag == "W/" + entityTag
        }
    }
}
