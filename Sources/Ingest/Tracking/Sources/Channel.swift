/// A way of traffic, as reports group sources; the order is that of the rules by which it is found.
package enum Channel: String, Sendable, Hashable, CaseIterable {
    case crossNetwork = "Cross-network"
    case paidShopping = "Paid Shopping"
    case paidSearch = "Paid Search"
    case paidSocial = "Paid Social"
    case paidVideo = "Paid Video"
    case display = "Display"
    case paidOther = "Paid Other"
    case organicShopping = "Organic Shopping"
    case organicSocial = "Organic Social"
    case organicVideo = "Organic Video"
    case assistants = "AI Assistants"
    case organicSearch = "Organic Search"
    case email = "Email"
    case affiliates = "Affiliates"
    case audio = "Audio"
    case sms = "SMS"
    case mobilePush = "Mobile Push Notifications"
    case referral = "Referral"
    case direct = "Direct"
    /// Something is known of the source, but no rule is met.
    case unassigned = "Unassigned"
}
