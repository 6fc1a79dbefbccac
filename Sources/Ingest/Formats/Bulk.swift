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

    /// The events and the rejected lines.
    package let rows: NumberedRows<Event>
    package var events: [Event] { rows.rows }
    package var errors: [LineError] { rows.errors }
    /// The number of lines for each reason.
    package var rejections: [Rejection: Int] { rows.rejections }
    package var rejected: Int { rows.rejected }

    /// Reads a body.
    ///
    /// - Parameters:
    ///   - bytes: The body, inflated.
    ///   - format: The format of the body.
    ///   - limit: The most events in it.
    ///   - site: The site of its events.
    ///   - times: The accepted times of its events.
    /// - Throws: `Failure` if the whole body is refused; rejections of single lines are in `rows`.
    package init(
        _ bytes: Span<UInt8>,
        format: Format,
        limit: Int,
        of site: SiteID = Site.standard,
        accepting times: ClosedRange<Timestamp>
    ) throws(Failure) {
        rows = try NumberedRows(bytes, format: format, limit: limit) {
            (fields: EventFields, bytes) throws(Rejection) in
            try Event(fields, in: bytes, of: site, accepting: times)
        }
    }
}
