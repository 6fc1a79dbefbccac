import HTTP
import Ingest

extension BodyKind {
    /// The bodies of events and hits, which wait while the queue is full.
    static func events(_ batcher: Batcher) -> BodyKind {
        BodyKind("events", refusal: problem(for: Batcher.Refusal.full)) { batcher.isFull }
    }
}
