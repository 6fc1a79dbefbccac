package import Analytics

/// One of the last refused hits, as far as it was understood.
package struct RefusedEntry: Sendable {
    package let time: Timestamp
    /// The field and the reason.
    package let reason: String
    /// The value of the field that the reason names; nil where it is not known.
    package let value: String?
    /// The name of the hit; nil where it is not known.
    package let name: String?
    /// The host and the path of its page; nil where they are not known.
    package let page: String?
    /// The user agent of the sender; nil where it is not known.
    package let agent: String?
    /// The origin that it was sent from; nil where it is not known.
    package let origin: String?
    /// The beginning of its key; nil without one.
    package let key: String?

    /// The most characters of a text that are shown.
    private static let longest = 80
    /// The most characters of a user agent that are shown, behind which the versions of its parts come; files have all.
    private static let longestAgent = 44

    /// - Parameters:
    ///   - time: The moment of its arrival.
    ///   - reason: The field and the reason.
    ///   - value: The value of the field that the reason names.
    ///   - name: The name of the hit.
    ///   - page: The host and the path of its page.
    ///   - agent: The user agent of the sender.
    ///   - origin: The origin that it was sent from.
    ///   - key: The beginning of its key.
    package init(
        time: Timestamp,
        reason: String,
        value: String?,
        name: String?,
        page: String?,
        agent: String?,
        origin: String? = nil,
        key: String? = nil
    ) {
        self.time = time
        self.reason = reason
        self.value = value
        self.name = name
        self.page = page
        self.agent = agent
        self.origin = origin
        self.key = key
    }

    /// The names of the values in a row of a table.
    static let columns = ["Time", "Reason", "Value", "Event", "Page", "User agent", "From"].map { Table.Column($0) }

    /// The cells of the row.
    var cells: [HTML] {
        [Moment(time).html, "\(reason)"] + [value, name, page].map { Self.cell($0) } + [
            Self.cell(agent, upTo: Self.longestAgent), Self.cell(sender),
        ]
    }

    /// The origin, but for that of the page, and the key.
    private var sender: String? {
        let host = page?.prefix { $0 != "/" }
        let other = origin.flatMap { origin in host.map { origin.hasSuffix("//\($0)") } == true ? nil : origin }
        let parts = [other, key].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: " · ")
    }

    private static func cell(_ text: String?, upTo longest: Int = longest) -> HTML {
        guard let text, !text.isEmpty else { return "–" }
        return text.count > longest ? .name(text.prefix(longest) + "…") : .name(text)
    }
}
