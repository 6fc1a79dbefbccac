import Analytics

/// The result of reading a referrer.
package enum Referral: Sendable, Hashable {
    /// There is none, or it is no address of a page or an app.
    case none
    /// A page of the site itself.
    case `internal`
    /// A page that only a private network knows.
    case local
    /// A page whose visits are made up.
    case spam
    case external(Referrer)

    init(_ text: String?, page: String?, of site: Site, spam: SpamHosts) {
        guard let referrer = text.flatMap({ Referrer(parsing: $0) }) else {
            self = .none
            return
        }
        if referrer.isInternal(page: page, site: site) {
            self = .internal
        } else if referrer.isLocal {
            self = .local
        } else {
            self = spam.contains(referrer.name) ? .spam : .external(referrer)
        }
    }

    /// The referrer, if it is a source.
    package var referrer: Referrer? {
        if case .external(let referrer) = self { referrer } else { nil }
    }
}

extension Referrer {
    /// The source that the referrer is a page or an app of; nil for an unknown one.
    package var source: TrafficSource? {
        isApp ? SourceTable.standard.source(ofApp: name[...]) : SourceTable.standard.source(ofHost: name[...])
    }
}
