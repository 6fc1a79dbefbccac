import Analytics

/// The names by which the rows of a batch belong to users, and what their sites have forgotten of them.
struct ForgottenRows {
    /// A user of a site, by the name that the user has in events.
    private struct SiteUser: Hashable {
        let site: SiteID
        let user: User
    }

    private struct Row {
        let user: SiteUser
        /// The time of an event or a hit; nil for an identity.
        let time: Timestamp?
        let accepted: Timestamp?
    }

    private let batch: Batch
    /// The rows of users, by their places among the rows of the batch.
    private var rows: [Int: Row] = [:]
    private let users: [SiteUser]

    init(_ batch: Batch) {
        self.batch = batch
        var place = 0
        for entry in batch.entries {
            for event in entry.events {
                let user = SiteUser(site: event.site, user: event.user)
                rows[place] = Row(user: user, time: event.time, accepted: entry.accepted)
                place += 1
            }
            for hit in entry.hits {
                if let visitor = hit.visitor {
                    let user = SiteUser(site: hit.site, user: visitor.user)
                    rows[place] = Row(user: user, time: hit.time, accepted: entry.accepted)
                }
                place += 1
            }
            for identity in entry.identities {
                let user = SiteUser(site: identity.site, user: identity.visitor.user)
                rows[place] = Row(user: user, time: nil, accepted: entry.accepted)
                place += 1
            }
        }
        users = Array(Set(rows.values.map(\.user)))
    }

    /// The question about all users.
    var comparison: CompareForgotten { CompareForgotten(users.map { ($0.site, $0.user.text) }) }

    /// The batch without the rows that were accepted before their users were forgotten.
    ///
    /// - Parameter answers: The answers to `comparison`.
    /// - Returns: The batch, and the places that its rows had before.
    func batch(_ answers: [CompareForgotten.Row]) -> (batch: Batch, places: [Int]) {
        var comparison = Comparison()
        comparison.last = answers.first?.last ?? batch.comparison.last
        var forgotten: [SiteUser: CompareForgotten.Found] = [:]
        for found in answers.compactMap(\.found) where users.indices.contains(found.place - 1) {
            forgotten[users[found.place - 1]] = found
        }
        var places: [Int] = []
        var first = 0
        let entries = batch.entries.map { entry in
            defer { first += entry.count }
            return entry.filtered { index in
                let place = first + index
                guard let row = rows[place], let found = forgotten[row.user] else {
                    places.append(place)
                    return true
                }
                if let accepted = row.accepted, accepted < found.at { return false }
                let isEarlier = row.time.map { $0 < found.at } ?? false
                if isEarlier, found.isPending || batch.comparison.kept.contains(place) {
                    comparison.kept.insert(places.count)
                }
                places.append(place)
                return true
            }
        }
        let rest = Batch(
            id: batch.id,
            entries: entries,
            spoolRange: batch.spoolRange,
            isAcknowledged: batch.isAcknowledged,
            comparison: comparison
        )
        return (rest, places)
    }
}

extension Batch.Entry {
    /// The entry with some of its rows only; the rows are asked for in order.
    fileprivate func filtered(_ isKept: (_ place: Int) -> Bool) -> Batch.Entry {
        var place = 0
        func kept<Row>(_ rows: [Row]) -> [Row] {
            rows.filter { _ in
                defer { place += 1 }
                return isKept(place)
            }
        }
        return Batch.Entry(
            events: kept(events),
            hits: kept(hits),
            identities: kept(identities),
            request: request,
            accepted: accepted
        )
    }
}
