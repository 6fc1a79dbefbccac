/// The state of something that requests need, for `/readyz`.
package struct Check: Sendable, Equatable {
    /// The effect that an obstacle has on requests; the least comes first.
    package enum Severity: Int, Sendable, Comparable {
        /// All requests are served.
        case minor
        /// Events are taken, questions are refused.
        case degraded
        /// No request is served for now; a store in front of this one may take events meanwhile.
        case unavailable
        /// No request is served until an operator intervenes.
        case unusable

        package static func < (first: Severity, second: Severity) -> Bool { first.rawValue < second.rawValue }
    }

    package let name: String
    package var severity: Severity
    /// The reason that requests fail, or would fail without a replacement; nil if all is well.
    package var obstacle: String?
    /// A fact worth knowing though nothing fails.
    package var remark: String?
    /// The fill level of something that has a limit, in the unit of `limit`.
    package let pending: Int?
    package let limit: Int?

    package init(
        _ name: String,
        _ severity: Severity,
        obstacle: String? = nil,
        remark: String? = nil,
        pending: Int? = nil,
        limit: Int? = nil
    ) {
        self.name = name
        self.severity = severity
        self.obstacle = obstacle
        self.remark = remark
        self.pending = pending
        self.limit = limit
    }

    package var isWell: Bool { obstacle == nil }
}

extension [Check] {
    /// Adds a check; one of the same name that is there already takes over its remark.
    package mutating func merge(_ check: Check) {
        guard let index = firstIndex(where: { $0.name == check.name }) else { return append(check) }
        let remarks = [self[index].remark, check.remark].compactMap(\.self)
        self[index].remark = remarks.isEmpty ? nil : remarks.joined(separator: "; ")
        self[index].obstacle = self[index].obstacle ?? check.obstacle
    }
}
