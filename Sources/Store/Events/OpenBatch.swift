import Analytics
import FoundationEssentials
import Postgres

/// The call that begins a batch's transaction.
///
/// It returns a row for each key that was used before, with the first response, and a row without a key with the number
/// of the transaction.
struct OpenBatch: Statement {
    typealias Row = (key: String?, response: String?, fingerprint: String?)

    static let sql = """
        SELECT key, answer, fingerprint \
        FROM open_batch($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        """
    let batch: Batch
    /// The server that stores the batch.
    let writer: UUID
    /// The time from which on other servers need live events; nil if no other server is known to follow.
    let live: Timestamp?
    /// The current hour.
    let hour: Int
    /// All events before the current hour, which may be late; nil if they are not to be noted one by one.
    let late: [Event]?

    var parameters: Parameters {
        let arguments = arguments
        return Parameters(
            batch.id,
            writer,
            batch.site.rawValue,
            PostgresArray(arguments.hours),
            arguments.before,
            PostgresArray(arguments.lateUsers),
            PostgresArray(arguments.lateKinds),
            PostgresArray(arguments.lateTimes),
            PostgresArray(arguments.keys),
            PostgresArray(arguments.responses),
            PostgresArray(arguments.fingerprints),
            batch.isAcknowledged,
            arguments.live.map { PostgresArray($0) }
        )
    }

    /// The call as text, to be sent together with a COPY.
    ///
    /// It holds nothing but numbers and hexadecimal digits.
    var script: String {
        let arguments = arguments
        let texts = [
            "'\(batch.id)'", "'\(writer)'", "\(batch.site.rawValue)",
            array(arguments.hours),
            "\(arguments.before)",
            array(arguments.lateUsers),
            array(arguments.lateKinds),
            array(arguments.lateTimes),
            array(arguments.keys),
            array(arguments.responses),
            array(arguments.fingerprints),
            "\(batch.isAcknowledged)",
            arguments.live.map(array) ?? "NULL",
        ]
        return "SELECT key, answer, fingerprint FROM open_batch(\(texts.joined(separator: ", ")));"
    }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Row {
        try row.decode((String?, String?, String?).self)
    }

    /// An array literal of numbers or hexadecimal digits; the quotes are for empty elements.
    private func array(_ elements: [some CustomStringConvertible]) -> String {
        "'{\(elements.map { "\"\($0)\"" }.joined(separator: ","))}'"
    }
}

extension OpenBatch {
    /// The arguments of `open_batch` that describe the events; texts in hexadecimal digits.
    private struct Arguments {
        var hours: [Int]
        /// The hour before which the late arrays hold every event; 0 if they are not filled.
        var before: Int
        var lateUsers: [String]
        var lateKinds: [Int32]
        var lateTimes: [Int]
        var keys: [String]
        var responses: [String]
        var fingerprints: [String]
        var live: [String]?
    }

    private var arguments: Arguments {
        let uses = batch.keyUses
        let keyed = uses.indices.filter { uses[$0] == .first }.map { batch.entries[$0] }
        return Arguments(
            hours: hours.sorted(),
            before: late == nil ? 0 : hour,
            lateUsers: (late ?? []).map(\.user.text.hexadecimal),
            lateKinds: (late ?? []).map { Int32($0.kind.rawValue) },
            lateTimes: (late ?? []).map(\.time.milliseconds),
            keys: keyed.map { ($0.key?.text ?? "").hexadecimal },
            responses: keyed.map(\.response.hexadecimal),
            fingerprints: keyed.map { ($0.fingerprint?.bytes ?? []).hexadecimal },
            live: live.map { liveEvents(from: $0, uses, keyed) }
        )
    }

    private var hours: Set<Int> {
        var hours: Set<Int> = []
        for entry in batch.entries {
            for event in entry.events { hours.insert(event.time.hour) }
        }
        return hours
    }

    /// The events for other servers: those without a key together, then those of each key.
    private func liveEvents(from earliest: Timestamp, _ uses: [KeyUse], _ keyed: [Batch.Entry]) -> [String] {
        var unkeyed: [UInt8] = []
        for (index, entry) in batch.entries.enumerated() {
            switch uses.isEmpty ? .none : uses[index] {
            case .none: entry.encode(from: earliest, into: &unkeyed)
            case .other where batch.isAcknowledged: entry.encode(from: earliest, into: &unkeyed)
            case .first, .again, .other: break
            }
        }
        let others = keyed.map { entry in
            var bytes: [UInt8] = []
            entry.encode(from: earliest, into: &bytes)
            return bytes.hexadecimal
        }
        return [unkeyed.hexadecimal] + others
    }
}

extension Batch {
    /// The events before an hour, if they are few enough to be noted one by one.
    ///
    /// nil if they are more than 16 and more than an eighth of the batch, since noting then costs the writer more than
    /// marking hours; nil also if one of them has a key, and so may not be stored.
    func lateEvents(before hour: Int) -> [Event]? {
        let limit = max(16, count / 8)
        var late: [Event] = []
        for entry in entries {
            for event in entry.events where event.time.hour < hour {
                guard entry.key == nil, late.count < limit else { return nil }
                late.append(event)
            }
        }
        return late
    }
}

extension Batch.Entry {
    fileprivate func encode(from earliest: Timestamp, into bytes: inout [UInt8]) {
        for event in events where event.time >= earliest { PackedEvents.append(event, to: &bytes) }
    }
}
