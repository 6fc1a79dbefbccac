package import Analytics

/// The origin of a hit, and the reasons for its source and its channel.
package struct Attribution: Sendable, Hashable {
    /// The place that the source was found in.
    package enum Basis: String, Sendable, Hashable, CaseIterable {
        /// The field of a sender with a server key.
        case given
        case utmSource = "utm_source"
        /// The parameter `source` of the address.
        case source
        /// The parameter `ref` of the address.
        case reference = "ref"
        case referrer
        case none
    }

    /// Nil if nothing of it is known: the visitor came directly.
    package let origin: Origin?
    package let sourceFrom: Basis
    package let channel: ChannelReason
    package let clicks: ClickIDs
    /// The result of reading the referrer.
    package let referral: Referral

    /// Finds out the origin.
    ///
    /// The source is the given one, or else that of `utm_source`, `source`, `ref` and the referrer, in this order. In a
    /// link its name, or a name or host that is known for it, counts; of the referrer its host, if none is known.
    ///
    /// - Parameters:
    ///   - url: The address of the page.
    ///   - referrer: The address of the page before.
    ///   - given: The source that the sender gives, which is kept as it is.
    ///   - site: The site, whose own pages are no sources.
    ///   - spam: Hosts that are no sources.
    package init(
        url: PageURL?,
        referrer: String?,
        given: String? = nil,
        of site: Site,
        spam: SpamHosts = SpamHosts()
    ) {
        let campaign = Campaign(query: url?.rawQuery ?? "")
        let referral = Referral(referrer, page: url?.host, of: site, spam: spam)
        var facts = ChannelFacts()
        (facts.medium, facts.campaign, facts.clicks) = (campaign.medium, campaign.name, campaign.clicks)
        facts.hasReferrer = referral.referrer != nil
        let source: String?
        (source, sourceFrom) = facts.noteSource(given, campaign, referral)
        channel = facts.channel
        clicks = campaign.clicks
        self.referral = referral
        guard source != nil || campaign.hasTexts else {
            origin = nil
            return
        }
        var origin = Origin()
        (origin.source, origin.channel, origin.referrer) = (source, channel.channel.rawValue, referral.referrer?.text)
        (origin.utmSource, origin.utmMedium, origin.utmCampaign) = (campaign.source, campaign.medium, campaign.name)
        (origin.utmContent, origin.utmTerm) = (campaign.content, campaign.term)
        self.origin = origin
    }
}

extension ChannelFacts {
    /// Notes the source, and tells the text that is stored and the place it was found in.
    fileprivate mutating func noteSource(
        _ given: String?,
        _ campaign: Campaign,
        _ referral: Referral
    ) -> (text: String?, from: Attribution.Basis) {
        if let given {
            _ = noteSource(named: given)
            return (given, .given)
        }
        if let name = campaign.source { return (noteSource(named: name), .utmSource) }
        if let name = campaign.plainSource { return (noteSource(named: name), .source) }
        if let name = campaign.reference { return (noteSource(named: name), .reference) }
        guard let referrer = referral.referrer else { return (nil, .none) }
        source = referrer.source
        return (source?.name ?? referrer.name, .referrer)
    }

    /// Notes the source that a link names, and tells its own name, or that of the link if it is unknown.
    private mutating func noteSource(named name: String) -> String {
        sourceName = name
        guard let known = SourceTable.standard.source(named: name) else { return name }
        (source, isAdvertisement) = (known.source, known.isAdvertisement)
        return known.source.name
    }
}
