package import NIOHTTP1

/// A request without a body that `HeadRules` would admit unchanged, so that it can be answered without that check.
///
/// Invariant: the initializer fails for every head that `HeadRules.admit` would refuse or change.
package struct BodilessRequest {
    package let head: HTTPRequestHead
    /// The id that the client gave it; nil if there is none.
    package private(set) var id: String?
    private var hasHost = false

    /// Checks a head.
    ///
    /// - Parameters:
    ///   - head: A head as the decoder gives it.
    ///   - accepts: Returns false for a header that only the router understands.
    package init?(_ head: HTTPRequestHead, accepts: (_ name: String, _ value: String) -> Bool) {
        let target = head.uri.utf8
        guard head.version == .http1_1, target.first == UInt8(ascii: "/"), !target.contains(UInt8(ascii: "#")) else {
            return nil
        }
        self.head = head
        for (name, value) in head.headers {
            guard note(name, value), accepts(name, value) else { return nil }
        }
        guard hasHost else { return nil }
    }

    /// Notes a header; false if it makes the request one with a body, or one that `HeadRules` has to see.
    ///
    /// The length of the name excludes most headers with one comparison.
    private mutating func note(_ name: String, _ value: String) -> Bool {
        switch name.utf8.count {
        case 4: !name.equalsLowercase("host") || take(host: value)
        case 6: !name.equalsLowercase("expect")
        case 7: !name.equalsLowercase("upgrade")
        case 10: !name.equalsLowercase("connection") || value.equalsLowercase("keep-alive")
        case 12: !name.equalsLowercase("x-request-id") || take(id: value)
        case 14: !name.equalsLowercase("content-length") || value == "0"
        case 17: !name.equalsLowercase("transfer-encoding")
        default: true
        }
    }

    private mutating func take(host value: String) -> Bool {
        guard !hasHost, value.isHost else { return false }
        hasHost = true
        return true
    }

    private mutating func take(id value: String) -> Bool {
        guard id == nil, value.isRequestID else { return false }
        id = value
        return true
    }
}

extension String {
    /// Compares with a text in lower-case ASCII letters and hyphens, ignoring the case of this one.
    package func equalsLowercase(_ lowercase: String) -> Bool {
        lowercase.utf8.elementsEqual(utf8.lazy.map { $0 | 0x20 })
    }
}
