import Analytics
import HTTP
import Hummingbird
import Ingest
import NIOCore
import Registry

extension EventRoutes {
    /// Takes the identity of a user, `POST /api/v1/identify`.
    @Sendable func identify(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let isStrict = settings.isStrict || request.headers.preferStrict
        return try await refuser.answering(isStrict) {
            // Held until the identity is stored.
            var share = reader.budget.share()
            let (use, door, body) = try await receive(request, scope, &share)
            let input = try input(request, body, door)
            let identity: Identity?
            do throws(HitDoor.Refusal) {
                identity = try door.identity(input, traits: input.traits)
            } catch {
                throw note(error, input, door)
            }
            guard let identity else { throw RegistryFailure.stale }
            return try await committer.commit(Batch.Entry(identities: [identity]), of: identity.site, answer: "", use)
        }
    }
}

extension ByteBuffer {
    /// Skips a byte order mark.
    mutating func skipMark() { moveReaderIndex(forwardBy: readableBytesUInt8Span.markLength) }
}
