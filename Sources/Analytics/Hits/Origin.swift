/// The way that led a visitor to a page.
package struct Origin: Hashable, Sendable {
    package var source: String?
    package var channel: String?
    package var referrer: String?
    package var utmSource: String?
    package var utmMedium: String?
    package var utmCampaign: String?
    package var utmContent: String?
    package var utmTerm: String?

    package init() {}
}

extension Origin: TextRecord {
    package static let fields: [TextField<Origin>] = [
        TextField("source", \.source), TextField("channel", \.channel), TextField("referrer", \.referrer),
        TextField("utm_source", \.utmSource), TextField("utm_medium", \.utmMedium),
        TextField("utm_campaign", \.utmCampaign), TextField("utm_content", \.utmContent),
        TextField("utm_term", \.utmTerm),
    ]
}
