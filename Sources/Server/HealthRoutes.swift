import Hummingbird
import Ingest
import NIOCore
import ServiceLifecycle
import Store

/// `/healthz`, `/readyz`, `/metrics` and `/openapi.json`.
struct HealthRoutes: Sendable {
    let meters: Meters
    let batcher: Batcher
    let store: Store
    let version: String

    func add(to router: Router<RequestScope>) {
        for method: HTTPRequest.Method in [.get, .head] {
            router.on("/healthz", method: method) { _, _ in Response(json: .object(["status": "ok"])) }
            router.on("/readyz", method: method) { _, _ in await readiness() }
            router.on("/metrics", method: method) { _, _ in metrics() }
            router.on("/openapi.json", method: method) { _, _ in
                Response(jsonText: Self.description)
            }
        }
    }

    private static let description = ByteBuffer(bytes: PackageResources.openapi_json)

    /// Something that must be well for requests to be of use.
    private struct Check {
        /// What stands in the way; nil when all is well.
        let obstacle: String?
        var pending: Int?
        var limit: Int?

        var json: JSON {
            .object([
                "status": obstacle == nil ? "ok" : "failed",
                "detail": obstacle.map(JSON.text),
                "pending": pending.map(JSON.number),
                "limit": limit.map(JSON.number),
            ])
        }
    }

    /// Whether requests are of use now, and what stands in the way.
    private func readiness() async -> Response {
        let (database, schema) = await databaseChecks()
        let pending = batcher.pending
        let queue = Check(
            obstacle: pending < batcher.limit ? nil : "the queue is full",
            pending: pending,
            limit: batcher.limit
        )
        let drain = Check(obstacle: Task.isShuttingDownGracefully ? "the server is shutting down" : nil)
        let isReady = [database, schema, queue, drain].allSatisfy { $0.obstacle == nil }
        return Response(
            status: isReady ? .ok : .serviceUnavailable,
            json: .object([
                "status": isReady ? "ready" : "unready",
                "checks": .object([
                    "database": database.json, "schema": schema.json, "queue": queue.json, "drain": drain.json,
                ]),
            ])
        )
    }

    private func databaseChecks() async -> (database: Check, schema: Check) {
        do {
            let obstacle = try await store.schema().obstacle
            return (Check(obstacle: nil), Check(obstacle: obstacle))
        } catch {
            let obstacle = problem(for: error).detail
            return (Check(obstacle: obstacle), Check(obstacle: "cannot be read"))
        }
    }

    private func metrics() -> Response {
        let gauges = [
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
                name: "hourglass_build_info",
                help: "Always 1; the label tells the version.",
                value: 1,
                pairs: [("version", version)]
            ),
        ]
        return Response(
            status: .ok,
            headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
            body: ResponseBody(
                byteBuffer: ByteBuffer(string: meters.exposition(gauges: gauges + ProcessGauges.read()))
            )
        )
    }
}
