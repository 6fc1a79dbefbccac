import HTTP
import Hummingbird
import Ingest
import NIOCore
import Spool
import Store

/// `/healthz`, `/readyz`, `/metrics` and `/openapi.json`.
struct HealthRoutes: Sendable {
    let meters: Meters
    let batcher: Batcher
    let budget: BodyBudget
    let store: PostgresStore
    /// nil without a spool.
    let forwarder: SpoolingStore?
    let version: String

    /// Health is told to every client, whatever it has sent: it must not be told that the server is busy with another.
    var routes: [Route] {
        [
            Route(
                "/healthz",
                [.get: { _, _ in Response(json: .object(["status": "ok"])) }],
                isRateLimited: false
            ),
            Route("/readyz", [.get: { _, _ in await readiness() }], isRateLimited: false),
            Route("/metrics", [.get: { _, _ in metrics() }]),
            Route("/openapi.json", asset: Self.description),
        ]
    }

    private static let description = Asset(
        ByteBuffer(bytes: PackageResources.openapi_json),
        contentType: "application/json"
    )

    private func readiness() async -> Response {
        await Readiness(batcher: batcher, store: store, forwarder: forwarder).response
    }

    private func metrics() -> Response {
        var gauges = [
            Gauge(
                name: "hourglass_queue_events",
                help: "Events that wait to be stored or are being stored.",
                value: Double(batcher.pending)
            ),
            Gauge(
                name: "hourglass_queue_limit_events",
                help: "Events that may wait before requests are refused.",
                value: Double(batcher.limit)
            ),
            Gauge(
                name: "hourglass_body_bytes",
                help: "Bytes of bodies that are being read, or of the events read from them.",
                value: Double(budget.bytesHeld)
            ),
            Gauge(
                name: "hourglass_body_limit_bytes",
                help: "Bytes that all bodies together may take before requests are refused.",
                value: Double(budget.limit)
            ),
            Gauge(
                name: "hourglass_build_info",
                help: "Always 1; the label tells the version.",
                value: 1,
                pairs: [("version", version)]
            ),
            Gauge(
                name: "hourglass_batches_resent_total",
                help: "Times that a batch was sent again because the database had not answered.",
                value: Double(store.resent),
                type: "counter"
            ),
            Gauge(
                name: "hourglass_live_following",
                help: "1 while answers about the live hours come from memory, 0 while the database gives them.",
                value: store.live.isFollowing ? 1 : 0
            ),
            Gauge(
                name: "hourglass_events_refused_by_database_total",
                help: "Events that the database refused and that were left out of their batch.",
                value: Double(batcher.refusedEvents),
                type: "counter"
            ),
        ]
        if let forwarder { gauges += SpoolGauges.read(forwarder) }
        let tasks = TaskGauges.read(store.tasks + (forwarder.map { [$0.delivery] } ?? []))
        return Response(
            status: .ok,
            headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
            body: ResponseBody(
                byteBuffer: ByteBuffer(string: meters.exposition(gauges: gauges + tasks + ProcessGauges.read()))
            )
        )
    }
}
