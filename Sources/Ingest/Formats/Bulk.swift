package import Analytics

/// The events of a body of many, and what in it was rejected.
package struct Bulk: Sendable {
    /// A line that was rejected.
    package struct LineError: Sendable, Equatable {
        /// Counted from 1; for a JSON array, the number of the element.
        package let line: Int
        package let rejection: Rejection

        package init(line: Int, rejection: Rejection) {
            self.line = line
            self.rejection = rejection
        }
    }

    /// How the events of a body are written.
    package enum Format: Sendable {
        case csv, ndjson, jsonArray
    }

    /// Why nothing of a body can be taken.
    package enum Failure: Error, Equatable {
        case tooManyEvents(limit: Int)
        /// The records cannot be told apart from this line on; for a JSON array, from this element on.
        case malformed(Rejection, line: Int)
    }

    /// Bytes of memory that each event of a body takes.
    package static let bytesOfEvent = MemoryLayout<Event>.stride + MemoryLayout<Int32>.stride
    /// How many errors are listed; the others are only counted.
    package static let listedErrors = 100

    package private(set) var events: [Event] = []
    /// The line of each event.
    private var lines: [Int32] = []
    package private(set) var errors: [LineError] = []
    /// How often each thing was wrong.
    package private(set) var rejections: [Rejection: Int] = [:]
    package var rejected: Int { rejections.values.reduce(0, +) }

    private let limit: Int
    private let times: ClosedRange<Timestamp>

    /// Reads a body.
    ///
    /// - Parameters:
    ///   - bytes: The body, inflated.
    ///   - format: How its events are written.
    ///   - limit: How many events it may hold.
    ///   - times: The times that its events may have.
    /// - Throws: `Failure` when nothing of it can be taken; what is wrong with single lines is in `errors`.
    package init(
        _ bytes: Span<UInt8>,
        format: Format,
        limit: Int,
        accepting times: ClosedRange<Timestamp>
    ) throws(Failure) {
        self.limit = limit
        self.times = times
        switch format {
        case .csv: try readCSV(bytes)
        case .ndjson: try readNDJSON(bytes)
        case .jsonArray: try readJSONArray(bytes)
        }
        guard !isOverfull else { throw .tooManyEvents(limit: limit) }
    }

    /// Whether there are more events than allowed, so that it is of no use to read on.
    var isOverfull: Bool { events.count > limit }

    mutating func add(_ fields: EventFields, in bytes: Span<UInt8>, line: Int) {
        do throws(Rejection) {
            events.append(try Event(fields, in: bytes, accepting: times))
            lines.append(Int32(clamping: line))
        } catch {
            reject(error, line: line)
        }
    }

    mutating func reject(_ rejection: Rejection, line: Int) {
        rejections[rejection, default: 0] += 1
        if errors.count < Self.listedErrors { errors.append(LineError(line: line, rejection: rejection)) }
    }

    /// Rejects events that could be read and cannot be stored.
    ///
    /// - Parameters:
    ///   - rows: Their places in `events`; if none is named, all are rejected.
    ///   - rejection: What is wrong with them.
    package mutating func reject(rows: [Int], _ rejection: Rejection) {
        let named = rows.filter(events.indices.contains)
        let refused = Set(named.isEmpty ? Array(events.indices) : named)
        var listed = errors
        for row in refused {
            listed.append(LineError(line: Int(lines[row]), rejection: rejection))
            rejections[rejection, default: 0] += 1
        }
        errors = Array(listed.sorted { $0.line < $1.line }.prefix(Self.listedErrors))
        let kept = events.indices.filter { !refused.contains($0) }
        (events, lines) = (kept.map { events[$0] }, kept.map { lines[$0] })
    }
}
