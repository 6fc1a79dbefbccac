import FoundationEssentials
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
            router.on("/healthz", method: method) { _, _ in Response(json: ByteBuffer(string: #"{"status":"ok"}"#)) }
            router.on("/readyz", method: method) { _, _ in await readiness() }
            router.on("/metrics", method: method) { _, _ in metrics() }
            router.on("/openapi.json", method: method) { _, _ in
                Response(json: ByteBuffer(bytes: PackageResources.openapi_json))
            }
        }
    }

    private struct Readiness: Encodable {
        struct Check: Encodable {
            var isOK: Bool { status == "ok" }
            let status: String
            var detail: String?
            var pending: Int?
            var limit: Int?

            init(isOK: Bool, detail: String? = nil) {
                self.status = isOK ? "ok" : "failed"
                self.detail = isOK ? nil : detail
            }
        }

        let status: String
        let checks: [String: Check]
    }

    /// Whether requests are of use now, and what stands in the way.
    private func readiness() async -> Response {
        var queue = Readiness.Check(isOK: batcher.pending < batcher.limit, detail: "full")
        queue.pending = batcher.pending
        queue.limit = batcher.limit
        let (database, schema) = await databaseChecks()
        let checks = [
            "database": database, "schema": schema, "queue": queue,
            "drain": Readiness.Check(isOK: !Task.isShuttingDownGracefully, detail: "the server is shutting down"),
        ]
        let isReady = checks.values.allSatisfy(\.isOK)
        let readiness = Readiness(status: isReady ? "ready" : "unready", checks: checks)
        return Response(status: isReady ? .ok : .serviceUnavailable, json: json(readiness))
    }

    private func databaseChecks() async -> (database: Readiness.Check, schema: Readiness.Check) {
        do {
            let obstacle = try await store.schema().obstacle
            return (Readiness.Check(isOK: true), Readiness.Check(isOK: obstacle == nil, detail: obstacle))
        } catch {
            let detail = problem(for: error).detail
            return (
                Readiness.Check(isOK: false, detail: detail), Readiness.Check(isOK: false, detail: "cannot be read")
            )
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
