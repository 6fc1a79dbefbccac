import Analytics
import HTTP
import Hummingbird
import Ingest
import NIOCore
import Registry
import ServiceLifecycle

/// The routes `/healthz`, `/readyz`, `/metrics` and `/openapi.json`.
struct HealthRoutes: Sendable {
    let meters: Meters
    let batcher: Batcher
    let budget: BodyBudget
    let store: any EventStore
    let realtime: Realtime
    let registry: SiteRegistry
    let enricher: Enricher
    /// Files on the file systems whose room is told.
    let paths: [String]
    let version: String

    /// The routes; health checks have no rate limit, which would make the server look unhealthy to a busy client.
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
        ByteBuffer(string: OpenAPI.document),
        contentType: "application/json"
    )

    private func readiness() async -> Response {
        let checks = await checks()
        let readiness = Readiness(checks)
        return Response(
            status: readiness == .unready ? .serviceUnavailable : .ok,
            json: .object([
                "status": .text(readiness.rawValue),
                "checks": .object(JSON.Members(checks.map { ($0.name, $0.json) })),
            ])
        )
    }

    /// The checks of the store and of the server; minor ones, which cannot make it unready, come last.
    private func checks() async -> [Check] {
        let checks = await store.checks()
        let own = [
            Check(
                "queue",
                .unavailable,
                obstacle: batcher.isFull ? "the queue is full" : nil,
                pending: batcher.pending,
                limit: batcher.limit
            ),
            registry.check,
            Check(
                "drain",
                .unavailable,
                obstacle: Task.isShuttingDownGracefully ? "the server is shutting down" : nil
            ),
        ]
        return checks.filter { $0.severity > .minor } + own + checks.filter { $0.severity == .minor }
    }

    private func metrics() -> Response {
        let system = ProcessGauges.read() + MachineGauges.read(paths: paths)
        let measured = (store.measurements + registry.following.measurements + enricher.measurements).families
        return Response(
            status: .ok,
            headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
            body: ResponseBody(
                byteBuffer: ByteBuffer(string: meters.exposition(gauges: gauges + measured + system))
            )
        )
    }

    /// The gauges of the server itself.
    private var gauges: [Gauge] {
        [
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
                name: "hourglass_realtime_streams",
                help: "Open streams of live figures.",
                value: Double(realtime.streams)
            ),
            Gauge(
                name: "hourglass_build_info",
                help: "Always 1; the label tells the version.",
                value: 1,
                pairs: [("version", version)]
            ),
            Gauge(
                name: "hourglass_events_refused_by_database_total",
                help: "Events that the database refused and that were left out of their batch.",
                value: Double(batcher.refusedEvents),
                type: "counter"
            ),
        ]
    }
}
