/// A filter or a segment of an address, which can be removed by itself.
package enum DashboardCondition: Sendable, Hashable {
    case filter(DashboardFilter)
    /// The id of a segment, as the address has it.
    case segment(String)
}

extension DashboardAddress {
    /// The conditions that a hit has to meet, in the order in which they are shown.
    package var conditions: [DashboardCondition] {
        filters.map { .filter($0) } + segmentIDs.map { .segment($0) }
    }

    /// The ids of the segments.
    var segmentIDs: [String] { kept.filter { $0.name == "segment" }.map(\.value) }

    /// The state without a condition.
    package func removing(_ condition: DashboardCondition) -> DashboardAddress {
        switch condition {
        case .filter(let filter): return removing(filter)
        case .segment(let id):
            var address = self
            address.kept.removeAll { $0.name == "segment" && $0.value == id }
            return address
        }
    }
}
