/// The median and range of several rounds.
struct Spread: Sendable, Codable {
    let median: Double
    let minimum: Double
    let maximum: Double

    /// Returns nil if there are no values.
    init?(_ values: [Double]) {
        let sorted = values.sorted()
        guard let first = sorted.first, let last = sorted.last else { return nil }
        median = (sorted[sorted.count / 2] + sorted[(sorted.count - 1) / 2]) / 2
        minimum = first
        maximum = last
    }
}

/// A summary of all rounds of one contender in one situation.
struct Summary: Sendable, Codable {
    let section: SectionName
    let flavour: String
    let situation: String
    let contender: String
    let values: [Metric: Spread]
    /// The factor by which the first contender of the situation was better in the same rounds; nil for itself.
    let ratio: Spread?

    /// Summarises a run in the order of measurement; the first contender of each situation is hourglass.
    static func all(_ measurements: [Measurement]) -> [Summary] {
        var groups: [(key: [String], members: [Measurement])] = []
        for measurement in measurements {
            let key = [measurement.section.rawValue, measurement.flavour, measurement.situation, measurement.contender]
            if let index = groups.firstIndex(where: { $0.key == key }) {
                groups[index].members.append(measurement)
            } else {
                groups.append((key, [measurement]))
            }
        }
        return groups.compactMap { group in
            let own = groups.first { $0.key.prefix(3) == group.key.prefix(3) }
            guard let own, let first = group.members.first else { return nil }
            return Summary(first, group.members, ratio: own.key == group.key ? nil : ratio(own.members, group.members))
        }
    }

    private init(_ first: Measurement, _ members: [Measurement], ratio: Spread?) {
        section = first.section
        flavour = first.flavour
        situation = first.situation
        contender = first.contender
        values = Metric.allCases.reduce(into: [:]) { values, metric in
            values[metric] = Spread(members.compactMap { $0.values[metric] })
        }
        self.ratio = ratio
    }

    /// Compares round by round, because a disturbance of some minutes affects both contenders.
    private static func ratio(_ own: [Measurement], _ other: [Measurement]) -> Spread? {
        let metrics: [Metric] = [.requestsPerSecond, .eventsPerSecond, .p50]
        guard let metric = metrics.first(where: { own.first?.values[$0] != nil }) else { return nil }
        return Spread(
            other.compactMap { theirs in
                let ours = own.first { $0.round == theirs.round }
                guard let ours = ours?.values[metric], let theirs = theirs.values[metric], ours > 0, theirs > 0 else {
                    return nil
                }
                return metric.isRate ? ours / theirs : theirs / ours
            }
        )
    }
}
