import FoundationEssentials

/// Random events of the last seconds, in several formats.
struct BulkRows {
    private struct Row {
        let time: Int
        let user: Int
        let isClick: Bool

        var event: String { isClick ? "click" : "impression" }
    }

    private let rows: [Row]

    init(count: Int, users: Int, now: Date) {
        let now = Int(now.timeIntervalSince1970)
        rows = (0..<count).map { _ in
            let user = Int.random(in: 1...users)
            return Row(time: now - Int.random(in: 0..<10), user: user, isClick: user.isMultiple(of: 5))
        }
    }

    var count: Int { rows.count }

    /// Bodies of `size` events each.
    func csv(size: Int) -> [String] {
        bodies(size, head: "timestamp,user,event\n") { "\($0.time),user\($0.user),\($0.event)\n" }
    }

    /// Bodies of `size` events each.
    func ndjson(size: Int) -> [String] {
        bodies(size, head: "") { #"{"timestamp":\#($0.time),"user":"user\#($0.user)","event":"\#($0.event)"}"# + "\n" }
    }

    /// All rows in the format of `\copy`.
    var copyText: String {
        var times: [Int: String] = [:]
        return rows.map { row in
            let time = times[row.time] ?? Date(timeIntervalSince1970: Double(row.time)).ISO8601Format()
            times[row.time] = time
            return "\(time)\t1\t\(row.isClick ? 1 : 2)\tuser\(row.user)\n"
        }.joined()
    }

    private func bodies(_ size: Int, head: String, _ line: (Row) -> String) -> [String] {
        stride(from: 0, to: rows.count, by: size).map { start in
            head + rows[start..<min(start + size, rows.count)].map(line).joined()
        }
    }
}
