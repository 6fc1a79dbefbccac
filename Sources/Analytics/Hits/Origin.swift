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

extension Origin {
    /// Compares the texts by bytes.
    package static func == (first: Origin, second: Origin) -> Bool {
        first.source.hasBytes(of: second.source)
            && first.channel.hasBytes(of: second.channel)
            && first.referrer.hasBytes(of: second.referrer)
            && first.utmSource.hasBytes(of: second.utmSource)
            && first.utmMedium.hasBytes(of: second.utmMedium)
            && first.utmCampaign.hasBytes(of: second.utmCampaign)
            && first.utmContent.hasBytes(of: second.utmContent)
            && first.utmTerm.hasBytes(of: second.utmTerm)
    }
}

extension Origin: TextRecord {
    package static let fields: [TextField<Origin>] = [
        TextField("source", \.source), TextField("channel", \.channel), TextField("referrer", \.referrer),
        TextField("utm_source", \.utmSource), TextField("utm_medium", \.utmMedium),
        TextField("utm_campaign", \.utmCampaign), TextField("utm_content", \.utmContent),
        TextField("utm_term", \.utmTerm),
    ]
}
