import Analytics

/// The hits of a body of many, and its rejected lines.
///
/// The formats, limits and numbers of lines are those of `Bulk`. A CSV text has a column for each field, by its name and in
/// any order, and one for each property, named `props.NAME`; unknown columns are ignored, and an empty cell is a missing
/// field.
package struct HitBulk: Sendable {
    /// The hits and the rejected lines; `map` finds out the sites and the visitors.
    package let rows: NumberedRows<HitInput>
    /// The number of hits of which each field was cut or left out.
    package let trimmed: [HitField: Int]

    /// Reads a body.
    ///
    /// - Parameters:
    ///   - bytes: The body, inflated.
    ///   - format: The format of the body.
    ///   - limit: The most hits in it.
    /// - Throws: `Failure` if the whole body is refused; rejections of single lines are in `rows.errors`.
    package init(_ bytes: Span<UInt8>, format: Bulk.Format, limit: Int) throws(Bulk.Failure) {
        rows = try NumberedRows(bytes, format: format, limit: limit) {
            (fields: HitFields, bytes) throws(Rejection) in
            try HitInput(fields, in: bytes)
        }
        trimmed = rows.rows.reduce(into: [:]) { counts, hit in
            for field in hit.trimmed { counts[field, default: 0] += 1 }
        }
    }

    /// The memory that the hits take, in bytes, as an estimate for the budget of bodies.
    package var bytesOfHits: Int {
        rows.rows.reduce(0) { $0 + $1.bytes + MemoryLayout<Int32>.stride }
    }
}
