import HTTPTypes

extension HTTPField.Name {
    /// The media types that a POST takes (Linked Data Platform 1.0, section 7.1).
    static let acceptPost = known("Accept-Post")
    static let analyticsRejected = known("Analytics-Rejected")
    static let idempotencyKey = known("Idempotency-Key")
    static let idempotencyReplayed = known("Idempotency-Replayed")
    static let prefer = known("Prefer")
    static let preferenceApplied = known("Preference-Applied")
    /// Both of draft-ietf-httpapi-ratelimit-headers.
    static let rateLimit = known("RateLimit")
    static let rateLimitPolicy = known("RateLimit-Policy")
    static let requestID = known("X-Request-Id")

    private static func known(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is no header name") }
        return name
    }
}

extension HTTPFields {
    /// Whether the client wants a refusal instead of a silent 204: `Prefer: handling=strict` (RFC 7240, section 4.4).
    var preferStrict: Bool {
        guard let prefer = self[.prefer] else { return false }
        return prefer.lowercased().split(separator: ",").contains { preference in
            preference.prefix { $0 != ";" }.filter { $0 != " " && $0 != "\"" } == "handling=strict"
        }
    }

    /// The media type of the body, without parameters and in small letters.
    var mediaType: String? {
        self[.contentType].map(\.mediaType)
    }
}

extension String {
    /// The media type in a value of `Content-Type`, without parameters and in small letters.
    var mediaType: String {
        prefix { $0 != ";" }.lowercased().filter { $0 != " " && $0 != "\t" }
    }

    /// Whether a client may name its request so: 1 to 128 visible ASCII characters.
    var isRequestID: Bool {
        (1...128).contains(utf8.count) && utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}
