package import Analytics

/// The state of the page about the sliding hour, all of which is in its address.
package struct HourAddress: Sendable {
    /// The moments at which the hours of the curve end.
    package enum Unit: String, Sendable, CaseIterable {
        /// Every minute of a day.
        case minute
        /// Every second of an hour.
        case second
    }

    package let site: SiteName
    /// The end of the hour; nil for now.
    package var at: Timestamp?
    /// The count of the curve.
    package var count = HourCount.users
    package var unit = Unit.minute
    /// The time zone of the day; nil for that of the site.
    package var zone: String?

    package init(_ site: SiteName) { self.site = site }

    func showing(_ at: Timestamp?) -> HourAddress { changed { $0.at = at } }
    func showing(_ count: HourCount) -> HourAddress { changed { $0.count = count } }
    func showing(_ unit: Unit) -> HourAddress { changed { $0.unit = unit } }

    /// The values of the address but for the moment.
    var kept: [(name: String, value: String)] {
        let values: [(name: String, value: String?)] = [
            ("metric", count == .users ? nil : count.rawValue), ("by", unit == .minute ? nil : unit.rawValue),
            ("tz", zone),
        ]
        return values.compactMap { name, value in value.map { (name, $0) } }
    }

    /// The address.
    func link(_ links: Links) -> Link {
        let start = links.site(site, .hour).with("at", at.map(Self.number))
        return kept.reduce(start) { $0.with($1.name, $1.value) }
    }

    /// A moment as `GET /analytics` takes it: seconds, or milliseconds where it is no whole second.
    package static func number(of moment: Timestamp) -> String {
        let milliseconds = moment.milliseconds
        // Smaller numbers are read as seconds.
        let isWhole = milliseconds.isMultiple(of: 1_000) || milliseconds < Timestamp.firstMilliseconds
        return isWhole ? "\(milliseconds / 1_000)" : "\(milliseconds)"
    }

    private func changed(_ change: (inout HourAddress) -> Void) -> HourAddress {
        var address = self
        change(&address)
        return address
    }
}
