/// A request with an idempotency key, as it is kept with the key.
package struct KeyedRequest: Sendable {
    /// The site that the key belongs to: keys of two sites have nothing to do with each other.
    package let site: SiteID
    package let key: IdempotencyKey
    /// The contents of the request; nil if they are not known, which matches every request.
    package let fingerprint: Fingerprint?
    /// The body of the response, which a repetition gets again.
    package let response: String

    package init(
        site: SiteID = Site.standard,
        key: IdempotencyKey,
        fingerprint: Fingerprint? = nil,
        response: String = ""
    ) {
        self.site = site
        self.key = key
        self.fingerprint = fingerprint
        self.response = response
    }
}
