import Analytics

/// The values of a visit as pages write them.
struct VisitText {
    let visit: VisitSummary

    init(_ visit: VisitSummary) { self.visit = visit }

    var duration: String { Self.seconds(visit.duration) }

    /// The source, or else the channel; nil for neither.
    var source: String? { visit.origin?.source ?? visit.origin?.channel }

    var country: String? { visit.place?.country.map { CountryNames.name(of: $0) ?? $0 } }

    /// The city, or else the region, with the country; nil without any of them.
    var place: String? {
        let parts = [visit.place?.city ?? visit.place?.region, country].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    /// The browser, the system and the kind of device; nil without any of them.
    var client: String? {
        let parts = [visit.agent?.browser, visit.agent?.os, visit.agent?.device].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    /// Milliseconds in whole seconds, as `1 m 32 s`.
    static func seconds(_ milliseconds: Int) -> String {
        MetricText.text(.count(milliseconds / 1_000), of: .visitDuration)
    }

    /// The host and the path of a page; nil without both.
    static func page(_ page: VisitSummary.Page?) -> String? {
        guard let page, page.host != nil || page.path != nil else { return nil }
        return (page.host ?? "") + (page.path ?? "")
    }
}
