package import Analytics

/// The events of a bulk body, and its rejected lines.
package struct Bulk: Sendable {
    /// A rejected line.
    package struct LineError: Sendable, Equatable {
        /// The number of the line or, in a JSON array, of the element, counted from 1.
        package let line: Int
        package let rejection: Rejection

        package init(line: Int, rejection: Rejection) {
            self.line = line
            self.rejection = rejection
        }
    }

    /// The format of a body.
    package enum Format: Sendable {
        case csv, ndjson, jsonArray
    }

    /// The reason that a whole body is refused.
    package enum Failure: Error, Equatable {
        case tooManyEvents(limit: Int)
        /// Records cannot be separated from this line, or element of a JSON array, on.
        case malformed(Rejection, line: Int)
    }

    /// The memory that an event of a body takes, in bytes.
    package static let bytesOfEvent = MemoryLayout<Event>.stride + MemoryLayout<Int32>.stride
    /// The most errors in `errors`; further ones are only counted.
    package static let listedErrors = 100

    package private(set) var events: [Event] = []
    /// The line of each event.
    private var lines: [Int32] = []
    package private(set) var errors: [LineError] = []
    /// The number of lines for each reason.
    package private(set) var rejections: [Rejection: Int] = [:]
    package var rejected: Int { rejections.values.reduce(0, +) }

    private let limit: Int
    private let times: ClosedRange<Timestamp>
    private let site: SiteID

    /// Reads a body.
    ///
    /// - Parameters:
    ///   - bytes: The body, inflated.
    ///   - format: The format of the body.
    ///   - limit: The most events in it.
    ///   - site: The site of its events.
    ///   - times: The accepted times of its events.
    /// - Throws: `Failure` if the whole body is refused; rejections of single lines are in `errors`.
    package init(
        _ bytes: Span<UInt8>,
        format: Format,
        limit: Int,
        of site: SiteID = Site.standard,
        accepting times: ClosedRange<Timestamp>
    ) throws(Failure) {
        self.limit = limit
        self.site = site
        self.times = times
        switch format {
        case .csv: try readCSV(bytes)
        case .ndjson: try readNDJSON(bytes)
        case .jsonArray: try readJSONArray(bytes)
        }
        guard !isOverfull else { throw .tooManyEvents(limit: limit) }
    }

    /// True if there are more events than allowed, so that reading can stop.
    var isOverfull: Bool { events.count > limit }

    mutating func add(_ fields: EventFields, in bytes: Span<UInt8>, line: Int) {
        do throws(Rejection) {
            events.append(try Event(fields, in: bytes, of: site, accepting: times))
            lines.append(Int32(clamping: line))
        } catch {
            reject(error, line: line)
        }
    }

    mutating func reject(_ rejection: Rejection, line: Int) {
        rejections[rejection, default: 0] += 1
        if errors.count < Self.listedErrors { errors.append(LineError(line: line, rejection: rejection)) }
    }

    /// Moves events that were read, but refused by the store, to the rejected lines.
    ///
    /// - Parameters:
    ///   - rows: Their indices in `events`; without a valid one, all are rejected.
    ///   - rejection: The reason.
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
