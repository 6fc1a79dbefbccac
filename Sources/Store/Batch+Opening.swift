import Analytics

extension Batch {
    /// Writes the call that begins the batch's transaction.
    ///
    /// It is sent as text together with the COPY, so it holds nothing but numbers and hexadecimal digits.
    ///
    /// - Parameters:
    ///   - writer: The server that stores the batch.
    ///   - live: The earliest events that other servers want to see; nil when nobody is known to follow.
    ///   - hour: The current hour; events before it may be late.
    /// - Returns: A statement that answers rows of a key and what it was answered.
    func opening(by writer: String, live: Timestamp?, hour: Int) -> String {
        let keyed = firstUses
        let late = lateEvents(before: hour)
        let arguments = [
            "'\(id)'", "'\(writer)'", "\(site.rawValue)",
            array(hours.sorted().map(String.init)),
            "\(late == nil ? 0 : hour)",
            array((late ?? []).map(\.user.text.hexadecimal)),
            array((late ?? []).map { String($0.kind.rawValue) }),
            array((late ?? []).map { String($0.time.milliseconds) }),
            array(keyed.map(\.key.text.hexadecimal)),
            array(keyed.map(\.answer.hexadecimal)),
            live.map { array(liveEvents(from: $0, keyed.map(\.index))) } ?? "NULL",
        ]
        return "SELECT key, answer FROM open_batch(\(arguments.joined(separator: ", ")));"
    }

    private var hours: Set<Int> {
        var hours: Set<Int> = []
        for entry in entries {
            for event in entry.events { hours.insert(event.time.hour) }
        }
        return hours
    }

    /// The entries with a key, each key once.
    private var firstUses: [(index: Int, key: IdempotencyKey, answer: String)] {
        var seen: Set<IdempotencyKey> = []
        return entries.enumerated().compactMap { index, entry in
            guard let key = entry.key, seen.insert(key).inserted else { return nil }
            return (index, key, entry.answer)
        }
    }

    /// The events before an hour, when they are few: to note them one by one is dearer for the writer.
    ///
    /// nil when they are many, or when one of them has a key and so perhaps will not be stored.
    private func lateEvents(before hour: Int) -> [Event]? {
        let limit = min(1_000, max(16, entries.reduce(0) { $0 + $1.events.count } / 8))
        var late: [Event] = []
        for entry in entries {
            for event in entry.events where event.time.hour < hour {
                guard entry.key == nil, late.count < limit else { return nil }
                late.append(event)
            }
        }
        return late
    }

    /// The events for other servers: those without a key together, then those of each key.
    private func liveEvents(from earliest: Timestamp, _ keyed: [Int]) -> [String] {
        var unkeyed: [UInt8] = []
        for entry in entries where entry.key == nil { entry.encode(from: earliest, into: &unkeyed) }
        let others = keyed.map { index in
            var bytes: [UInt8] = []
            entries[index].encode(from: earliest, into: &bytes)
            return bytes.hexadecimal
        }
        return [unkeyed.hexadecimal] + others
    }

    /// Of numbers and hexadecimal digits; the quotes are for empty elements.
    private func array(_ elements: [String]) -> String {
        "'{\(elements.map { "\"\($0)\"" }.joined(separator: ","))}'"
    }
}

extension Batch.Entry {
    fileprivate func encode(from earliest: Timestamp, into bytes: inout [UInt8]) {
        for event in events where event.time >= earliest { LiveEvents.encode(event, into: &bytes) }
    }
}

extension Sequence<UInt8> {
    /// The bytes, two hexadecimal digits each.
    fileprivate var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

extension String {
    fileprivate var hexadecimal: String { utf8.hexadecimal }
}
