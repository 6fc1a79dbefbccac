import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Ingest
import NIOCore

/// The commit of the rows of a request, and the answer to it.
struct Committer: Sendable {
    let batcher: Batcher
    let meters: Meters

    /// Commits rows; the answer is 2xx only after the commit.
    ///
    /// - Parameters:
    ///   - rows: The rows.
    ///   - site: The site to which the key of the request belongs.
    ///   - answer: The body of the answer; empty for 204.
    ///   - use: The key of the request.
    /// - Returns: The answer, or the first one to the same request.
    /// - Throws: A `Problem`, `Batcher.Refusal` or `WriteError`.
    func commit(_ rows: Batch.Entry, of site: SiteID, answer: String, _ use: RequestKey?) async throws -> Response {
        let request = use.map {
            KeyedRequest(site: site, key: $0.key, fingerprint: $0.fingerprint.fingerprint, response: answer)
        }
        let entry = Batch.Entry(events: rows.events, hits: rows.hits, identities: rows.identities, request: request)
        switch try await batcher.append(entry) {
        case .stored:
            if !rows.events.isEmpty { meters.accepted.add(rows.events.count) }
            if !rows.hits.isEmpty { meters.acceptedHits.add(rows.hits.count) }
            return Self.response(answer)
        case .repeated(let first):
            meters.replayed.add(1)
            var response = Self.response(first)
            response.headers[.idempotencyReplayed] = "true"
            return response
        case .conflicting:
            throw Problem(
                .unprocessableContent,
                "the key was used before with another request; nothing was stored",
                field: Rejection.Field.idempotencyKey.rawValue
            )
        }
    }

    /// Commits the valid rows of a body, and reports each invalid one by its line.
    ///
    /// - Parameters:
    ///   - read: The rows and the rejected lines; the key of the request belongs to the site of the first row.
    ///   - isStrict: True to store nothing if a line is rejected.
    ///   - use: The key of the request.
    ///   - entry: Makes an entry of rows.
    /// - Returns: The answer, with the rejected lines.
    /// - Throws: A `Problem`, `Batcher.Refusal` or `WriteError`.
    func commit<Row: StoredRow>(
        _ read: NumberedRows<Row>,
        isStrict: Bool,
        _ use: RequestKey?,
        as entry: ([Row]) -> Batch.Entry
    ) async throws -> Response {
        meters.noteRejections(read.rejections)
        var read = read
        while true {
            if isStrict && read.rejected > 0 { throw Refuser.strictProblem(read.errors) }
            let answer = Refuser.summary(accepted: read.rows.count, rejected: read.rejected, errors: read.errors)
            guard let site = read.rows.first?.site else { return Self.response(answer) }
            do {
                return try await commit(entry(read.rows), of: site, answer: answer, use)
            } catch WriteError.refused(let rows, let rejection) {
                let before = read.rejected
                read.reject(rows: rows, rejection)
                meters.noteRejections([rejection: read.rejected - before])
            }
        }
    }

    /// The answer to stored rows: 204 to a single one, whose text is empty, or else 200 with the text.
    static func response(_ answer: String) -> Response {
        answer.isEmpty ? Response(status: .noContent) : Response(jsonText: ByteBuffer(string: answer))
    }
}
