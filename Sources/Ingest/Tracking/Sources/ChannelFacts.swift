/// The facts that the channel of a hit follows from.
package struct ChannelFacts: Sendable, Hashable {
    /// The source, if it is a known one.
    package var source: TrafficSource?
    /// The name of the source, as a link or a sender has it; nil for one that follows from the referrer.
    package var sourceName: String?
    /// True if the name is that of the source's advertisements.
    package var isAdvertisement = false
    package var medium: String?
    package var campaign: String?
    package var clicks: ClickIDs = []
    /// True if another page or an app led to the page.
    package var hasReferrer = false

    package init() {}

    /// The channel, by the first rule that is met; case does not matter.
    package var channel: ChannelReason {
        let medium = medium?.lowercased() ?? ""
        let campaign = campaign?.lowercased() ?? ""
        return paid(medium, campaign) ?? organic(medium, campaign) ?? messages(medium) ?? rest(medium)
    }

    /// Rules 1 to 7.
    private func paid(_ medium: String, _ campaign: String) -> ChannelReason? {
        let isShopping = source?.kind == .shopping || campaign.isShoppingCampaign
        if campaign.holds("cross-network") { return ChannelReason(.crossNetwork, .campaign) }
        let isPaidMedium = medium.isPaidMedium
        if isPaidMedium || isAdvertisement {
            let fact = isPaidMedium ? ChannelReason.Fact.medium : .source
            if isShopping { return ChannelReason(.paidShopping, fact) }
            switch source?.kind {
            case .search: return ChannelReason(.paidSearch, fact)
            case .social: return ChannelReason(.paidSocial, fact)
            case .video: return ChannelReason(.paidVideo, fact)
            default: break
            }
        }
        if hasOwnClick { return ChannelReason(.paidSearch, .click) }
        switch medium {
        case "display", "banner", "expandable", "interstitial", "cpm": return ChannelReason(.display, .medium)
        default: return isPaidMedium ? ChannelReason(.paidOther, .medium) : nil
        }
    }

    /// True if the click was that of an advertisement of the search engine itself.
    private var hasOwnClick: Bool {
        guard !clicks.isEmpty, let source, source.kind == .search else { return false }
        return (source.name == "Google" && clicks.contains(.google))
            || (source.name == "Bing" && clicks.contains(.microsoft))
    }

    /// Rules 8 to 12.
    private func organic(_ medium: String, _ campaign: String) -> ChannelReason? {
        let kind = source?.kind
        if kind == .shopping { return ChannelReason(.organicShopping, .kind) }
        if campaign.isShoppingCampaign { return ChannelReason(.organicShopping, .campaign) }
        if kind == .social { return ChannelReason(.organicSocial, .kind) }
        switch medium {
        case "social", "social-network", "social-media", "sm", "social network", "social media":
            return ChannelReason(.organicSocial, .medium)
        default: break
        }
        if kind == .video { return ChannelReason(.organicVideo, .kind) }
        if medium.holds("video") { return ChannelReason(.organicVideo, .medium) }
        if kind == .assistant { return ChannelReason(.assistants, .kind) }
        if kind == .search { return ChannelReason(.organicSearch, .kind) }
        return medium == "organic" ? ChannelReason(.organicSearch, .medium) : nil
    }

    /// Rules 13 to 17.
    private func messages(_ medium: String) -> ChannelReason? {
        let name = sourceName?.lowercased() ?? ""
        if source?.kind == .mail { return ChannelReason(.email, .kind) }
        if medium.isOfEmail { return ChannelReason(.email, .medium) }
        if name.isOfEmail { return ChannelReason(.email, .source) }
        switch medium {
        case "affiliate": return ChannelReason(.affiliates, .medium)
        case "audio": return ChannelReason(.audio, .medium)
        case "sms": return ChannelReason(.sms, .medium)
        default: break
        }
        if name == "sms" { return ChannelReason(.sms, .source) }
        if medium.hasSuffix("push") || medium.holds("mobile") || medium.holds("notification") {
            return ChannelReason(.mobilePush, .medium)
        }
        return name == "firebase" ? ChannelReason(.mobilePush, .source) : nil
    }

    /// Rules 18 to 20.
    private func rest(_ medium: String) -> ChannelReason {
        switch medium {
        case "referral", "app", "link": return ChannelReason(.referral, .medium)
        default: break
        }
        if hasReferrer { return ChannelReason(.referral, .referrer) }
        let isKnown = source != nil || sourceName != nil || !medium.isEmpty
        return ChannelReason(isKnown ? .unassigned : .direct, .none)
    }
}
