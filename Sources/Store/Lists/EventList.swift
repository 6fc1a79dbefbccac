import Analytics
import Postgres

/// The list of the hits of a site, read some thousands at a time, in order of time.
struct EventList: Sendable {
    let connection: Connection
    let query: ListQuery

    /// The hits that are read together, besides those of the same millisecond as the last.
    private static let page = 5_000
    /// The most hits that are read together.
    private static let mostHits = 200_000

    func read(_ take: ([ListedRow]) async throws -> Void) async throws {
        var writer = ListWriter(query)
        var texts = TextCache()
        var start = max(query.period.start, query.after?.time ?? query.period.start)
        // The place behind which the list begins may have as many hits of its time before it.
        let page = min(Self.page, (query.limit ?? Self.page) + (query.after?.count ?? 0))
        while !writer.isFull, start < query.period.end {
            let (from, known) = (start, texts)
            let read = try await connection.snapshot { try await hits(of: page, from: from, known, $0) }
            texts = read.texts
            for sameTime in read.hits.chunked(by: \.time) {
                try await writer.add(sameTime.map { $0.values(texts) }, at: sameTime[sameTime.startIndex].time, take)
            }
            start = read.end
        }
        try await writer.finish(take)
    }

    /// Some hits that follow each other.
    private struct Stretch: Sendable {
        let hits: [SentHit]
        let texts: TextCache
        /// The first moment that is not part of it.
        let end: Timestamp
    }

    /// Reads a number of hits from a time on, and all of the same millisecond as the last.
    private func hits(
        of count: Int,
        from start: Timestamp,
        _ known: TextCache,
        _ connection: Connection
    ) async throws -> Stretch {
        let last = try await connection.execute(timeOfHit(count, from: start)) { row in
            let moment = try row.decode(PostgresTimestamp.self)
            return Timestamp(moment)
        }.first
        let end = last.map { $0.advanced(by: .milliseconds(1)) } ?? query.period.end
        let rows = PostgresQuery(
            "SELECT \(SentHit.columns) \(condition) ORDER BY ts",
            Parameters(query.site.rawValue, start, end)
        )
        let hits = try await connection.hits(rows, limit: RowLimit(rows: Self.mostHits, bytes: .max))
        var texts = known
        try await texts.read(hits, of: query.site, connection)
        return Stretch(hits: hits, texts: texts, end: end)
    }

    private var condition: String {
        "FROM sent_hit WHERE site_id = $1 AND ts >= $2 AND ts < $3 \(query.includesBots ? "" : "AND flags & 2 = 0")"
    }

    private func timeOfHit(_ number: Int, from start: Timestamp) -> PostgresQuery {
        PostgresQuery(
            "SELECT ts \(condition) ORDER BY ts OFFSET $4::bigint LIMIT 1",
            Parameters(query.site.rawValue, start, query.period.end, number)
        )
    }
}

extension Connection {
    fileprivate func hits(_ query: PostgresQuery, limit: RowLimit) async throws -> [SentHit] {
        try await stream(query, limit: limit, as: .binary) { stream in
            var hits: [SentHit] = []
            while let row = try stream.next() { hits.append(try SentHit(row)) }
            guard !stream.isTruncated else { throw QueryError.invalid(.ties) }
            return hits
        }
    }
}

extension Array {
    /// The elements that follow each other with the same key.
    func chunked<Key: Equatable>(by key: (Element) -> Key) -> [ArraySlice<Element>] {
        var chunks: [ArraySlice<Element>] = []
        var start = startIndex
        while start < endIndex {
            let first = key(self[start])
            let end = self[start...].firstIndex { key($0) != first } ?? endIndex
            chunks.append(self[start..<end])
            start = end
        }
        return chunks
    }
}
