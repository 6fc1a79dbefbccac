package import Analytics

extension Batch.Entry {
    /// The entry of a request with a key, or without one.
    package init(
        events: [Event],
        key: IdempotencyKey?,
        fingerprint: Fingerprint? = nil,
        response: String = "",
        site: SiteID = Site.standard
    ) {
        let request = key.map { KeyedRequest(site: site, key: $0, fingerprint: fingerprint, response: response) }
        self.init(events: events, request: request)
    }

    package var key: IdempotencyKey? { request?.key }
    package var fingerprint: Fingerprint? { request?.fingerprint }
    package var response: String { request?.response ?? "" }
}
