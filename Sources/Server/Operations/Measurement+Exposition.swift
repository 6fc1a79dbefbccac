import Analytics
import HTTP

extension [Measurement] {
    /// The families of metrics: one for each name, in the order of its first measurement.
    var families: [Gauge] {
        let all = Dictionary(grouping: self, by: \.name)
        var names: Set<String> = []
        return filter { names.insert($0.name).inserted }.map { first in
            Gauge(
                name: first.name,
                help: first.help,
                type: first.kind.rawValue,
                values: (all[first.name] ?? []).map { ($0.labels, $0.value) }
            )
        }
    }
}
