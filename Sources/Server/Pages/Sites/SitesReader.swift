import Analytics
import Web

/// Finds the numbers of many sites side by side.
struct SitesReader: Sendable {
    let store: any EventStore

    /// A site, and the role of the reader in its organisation.
    struct Seen: Sendable {
        let site: Site
        let role: Role
    }

    /// The sites that are asked about at the same time: others have reports to ask for too.
    private static let width = 2
    /// The time after which no further site is asked about.
    private static let patience: Duration = .seconds(8)

    /// Finds the part of the list that an address asks for.
    ///
    /// Numbers that cannot be told now are missing.
    ///
    /// - Parameters:
    ///   - sites: All sites of the reader, by their names.
    ///   - asked: The state of the page.
    /// - Returns: The part of the list.
    func list(_ sites: [Seen], _ asked: SitesAddress) async -> SitesList {
        let text = asked.search.lowercased()
        let found = text.isEmpty ? sites : sites.filter { $0.site.name.text.contains(text) }
        var address = asked
        if found.count > SitesList.mostSorted, address.sort != .name {
            (address.sort, address.isDescending) = (.name, false)
        }
        let lastStart = max(0, found.count - 1) / SitesList.length * SitesList.length
        address.offset = min(address.offset, lastStart)
        let range = address.offset..<min(found.count, address.offset + SitesList.length)
        if address.sort == .name {
            let ordered = address.isDescending ? found.reversed() : found
            let rows = await rows(of: Array(ordered[range]), address.period)
            return SitesList(address, rows: rows, summed: rows, total: found.count)
        }
        let rows = Self.sorted(await rows(of: found, address.period), by: address)
        return SitesList(address, rows: Array(rows[range]), summed: rows, total: found.count)
    }

    /// The rows in the order of a number; those without it are the last, and equal ones go by their names.
    static func sorted(_ rows: [SiteRow], by address: SitesAddress) -> [SiteRow] {
        rows.sorted { first, second in
            switch (address.sort.value(of: first), address.sort.value(of: second)) {
            case (let first?, let second?) where first != second: (first < second) != address.isDescending
            case (_?, nil): true
            case (nil, _?): false
            default: first.name.text < second.name.text
            }
        }
    }

    private func rows(of sites: [Seen], _ period: SitesPeriod) async -> [SiteRow] {
        let end = ContinuousClock.now + Self.patience
        let windows = await windows(of: sites, period, until: end)
        return await sites.results(atMost: Self.width) { seen in
            let row = SiteRow(
                name: seen.site.name,
                organisation: seen.site.organisation,
                zone: seen.site.zone,
                role: seen.role
            )
            return .now < end ? await completed(row, seen, windows[seen.site.zone]) : row
        }
    }

    /// The time in each zone of some sites, as far as it can be told.
    private func windows(
        of sites: [Seen],
        _ period: SitesPeriod,
        until end: ContinuousClock.Instant
    ) async -> [String: SitesWindow] {
        let zones = Dictionary(sites.map { ($0.site.zone, $0.site) }) { first, _ in first }
        let now = Timestamp.now
        let found = await Array(zones.values).results(atMost: Self.width) { site in
            let window = .now < end ? try? await SitesWindow(period, of: site, in: store, at: now) : nil
            return (zone: site.zone, window: window)
        }
        return Dictionary(found.compactMap { zone, window in window.map { (zone, $0) } }) { first, _ in first }
    }

    /// A row with its numbers, as far as they can be told now.
    private func completed(_ row: SiteRow, _ seen: Seen, _ window: SitesWindow?) async -> SiteRow {
        var row = row
        async let hour = try? await store.hour(of: seen.site.id, endingAt: .now)
        if let window {
            async let refused = refused(seen, window.period)
            let reports = SiteReports(site: seen.site, window: window, isCounted: seen.role >= .member)
            let answer = await reports.answer(in: store)
            (row.numbers, row.counted, row.refused) = (answer?.numbers, answer?.counted, await refused)
        }
        row.hour = await hour?.uniqueUsers
        return row
    }

    /// The hits of a period that were refused; nil for whom single hits are not for.
    private func refused(_ seen: Seen, _ period: Period) async -> Int? {
        guard seen.role >= .member else { return nil }
        return try? await store.refusedHits(of: seen.site.id, in: period)
    }
}
