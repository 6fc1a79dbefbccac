import Analytics
import HTTP
import Web

/// The refusals of a site by their reasons and hours.
struct RefusalLedger {
    /// The reasons, the most frequent first.
    let reasons: [RefusedReason]
    private let report: RefusalReport

    init(_ report: RefusalReport) {
        self.report = report
        var counts: [String: Int] = [:]
        var first: [String: Timestamp] = [:]
        var last: [String: Timestamp] = [:]
        for count in report.counts {
            counts[count.reason] = Self.sum(counts[count.reason] ?? 0, count.count)
            first[count.reason] = min(first[count.reason] ?? count.hour, count.hour)
            last[count.reason] = max(last[count.reason] ?? count.hour, count.hour)
        }
        for hit in report.hits { last[hit.reason] = last[hit.reason].map { max($0, hit.time) } }
        reasons = counts.map { text, count in
            RefusedReason(
                text,
                remedy: Remedy.text(for: text),
                count: count,
                first: first[text] ?? .now,
                last: last[text] ?? .now
            )
        }.sorted { ($1.count, $0.text) < ($0.count, $1.text) }
    }

    /// The hours or days of a time.
    ///
    /// - Parameters:
    ///   - reason: The reason; nil for all, of which the rarer ones are one.
    ///   - span: The time.
    ///   - since: The beginning of the first part.
    /// - Returns: The chart.
    func bars(of reason: String?, in span: RefusedSpan, since: Timestamp) -> RefusedBars {
        var shown = reason.map { [$0] } ?? reasons.prefix(RefusedBars.mostReasons).map(\.text)
        let places = Dictionary(uniqueKeysWithValues: shown.enumerated().map { ($1, $0) })
        let hasOthers = reason == nil && reasons.count > shown.count
        if hasOthers { shown.append("Other reasons") }
        let step = span.step * 3_600_000
        var parts = (0..<span.bars).map { place in
            RefusedBars.Part(
                start: since.advanced(by: .milliseconds(place * step)),
                counts: Array(repeating: 0, count: shown.count)
            )
        }
        for count in report.counts {
            let part = (count.hour.milliseconds - since.milliseconds) / step
            guard let place = places[count.reason] ?? (hasOthers ? shown.count - 1 : nil), parts.indices.contains(part)
            else { continue }
            parts[part].counts[place] = Self.sum(parts[part].counts[place], count.count)
        }
        return RefusedBars(reasons: shown, parts: parts, span: span)
    }

    /// The counts of a reason, or of all, as rows of a file: hour by hour, the latest first.
    func table(of reason: String?) -> ReportTable {
        let counts = report.counts.filter { reason == nil || $0.reason == reason }
        return ReportTable(
            columns: ["hour", "reason", "count", "remedy"],
            rows: counts.map {
                [.text($0.hour.text), .text($0.reason), .number($0.count), .text(Remedy.text(for: $0.reason))]
            }
        )
    }

    /// The last refused hits of a reason, or of all, as rows of a file.
    func lastTable(of reason: String?) -> ReportTable {
        ReportTable(
            columns: ["time", "reason", "value", "name", "page", "agent", "origin", "key"],
            rows: entries(of: reason).map { entry in
                let texts = [entry.value, entry.name, entry.page, entry.agent, entry.origin, entry.key]
                return [.text(entry.time.text), .text(entry.reason)] + texts.map { $0.map(JSON.text) ?? .raw("null") }
            }
        )
    }

    /// The last refused hits of a reason, or of all.
    func entries(of reason: String?) -> [RefusedEntry] {
        report.hits.filter { reason == nil || $0.reason == reason }.map(RefusedEntry.init)
    }

    private static func sum(_ first: Int, _ second: Int) -> Int {
        let (sum, isTooLarge) = first.addingReportingOverflow(second)
        return isTooLarge ? .max : sum
    }
}

extension RefusedEntry {
    /// A refused hit, as far as it was understood.
    fileprivate init(_ hit: RefusedHit) {
        let members = JSONValue(hit.hit.utf8)?.object ?? [:]
        let field = String(hit.reason.prefix { $0 != ":" })
        self.init(
            time: hit.time,
            reason: hit.reason,
            value: members[field == "User-Agent" ? "agent" : field]?.text,
            name: members["name"]?.text,
            page: members["host"]?.text.map { $0 + (members["path"]?.text ?? "") } ?? members["path"]?.text,
            agent: members["agent"]?.text,
            origin: members["origin"]?.text,
            key: members["key"]?.text
        )
    }
}
