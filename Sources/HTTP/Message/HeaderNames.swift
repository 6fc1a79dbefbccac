package import HTTPTypes

extension HTTPField.Name {
    /// The media types that a POST accepts (Linked Data Platform 1.0, section 7.1).
    package static let acceptPost = known("Accept-Post")
    package static let prefer = known("Prefer")
    package static let preferenceApplied = known("Preference-Applied")
    /// This and the next are defined in draft-ietf-httpapi-ratelimit-headers.
    static let rateLimit = known("RateLimit")
    static let rateLimitPolicy = known("RateLimit-Policy")
    package static let requestID = known("X-Request-Id")

    /// The header name of a valid literal.
    package static func known(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is no header name") }
        return name
    }
}
