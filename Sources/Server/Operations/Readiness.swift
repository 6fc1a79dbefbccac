import Analytics
import HTTP
import Hummingbird
import Ingest
import ServiceLifecycle
import Spool
import Store

/// Whether requests are of use now, and what stands in the way.
struct Readiness {
    /// Something that must be well for requests to be of use.
    struct Check {
        /// What stands in the way; nil when all is well.
        let obstacle: String?
        /// What is worth knowing though nothing fails.
        var remark: String?
        var pending: Int?
        var limit: Int?

        var isWell: Bool { obstacle == nil }

        var json: JSON {
            .object([
                "status": isWell ? "ok" : "failed",
                "detail": (obstacle ?? remark).map(JSON.text),
                "pending": pending.map(JSON.number),
                "limit": limit.map(JSON.number),
            ])
        }
    }

    /// After this time a task that fails is mentioned.
    private static let longFailure: Duration = .seconds(60)

    let database: Check
    let schema: Check
    let writing: Check
    let queue: Check
    let drain: Check
    /// nil without a spool.
    let spool: Check?
    let tasks: Check

    /// Asks everything that a request may need.
    init(batcher: Batcher, store: PostgresStore, forwarder: SpoolingStore?) async {
        (database, schema) = await Self.databaseChecks(store)
        writing = Check(obstacle: await store.writingObstacle())
        queue = Check(
            obstacle: batcher.isFull ? "the queue is full" : nil,
            pending: batcher.pending,
            limit: batcher.limit
        )
        drain = Check(obstacle: Task.isShuttingDownGracefully ? "the server is shutting down" : nil)
        spool = forwarder.map(Self.check)
        tasks = Self.check(store.tasks + (forwarder.map { [$0.delivery] } ?? []))
    }

    private static func databaseChecks(_ store: PostgresStore) async -> (database: Check, schema: Check) {
        do {
            let obstacle = try await store.schema().obstacle
            return (Check(obstacle: nil), Check(obstacle: obstacle))
        } catch {
            let obstacle = problem(for: error).detail
            return (Check(obstacle: obstacle), Check(obstacle: "cannot be read"))
        }
    }

    private static func check(_ forwarder: SpoolingStore) -> Check {
        let spool = forwarder.spool
        return Check(
            obstacle: spool.isBroken ? "the disk has failed" : spool.isFull ? "the spool is full" : nil,
            remark: remark(on: forwarder),
            pending: spool.bytes,
            limit: spool.maximumBytes
        )
    }

    /// Requests are served without them, more slowly perhaps, so a task that fails is worth knowing and no obstacle.
    private static func check(_ tasks: [TaskRecord]) -> Check {
        let failing = tasks.compactMap { task in
            task.failingTime.flatMap {
                $0 < Self.longFailure ? nil : "\(task.name) has failed for \($0.components.seconds) s"
            }
        }
        return Check(obstacle: nil, remark: failing.isEmpty ? nil : failing.joined(separator: "; "))
    }

    private static func remark(on forwarder: SpoolingStore) -> String? {
        let files = forwarder.filesSetAside
        let aside = files.first.map { first in
            "the database cannot store what is in \(first)"
                + (files.count > 1 ? " and \(files.count - 1) other files" : "") + "; counts of its hours are not given"
        }
        let waiting = forwarder.isCurrent ? nil : "events wait here for the database; until then no counts are given"
        let remarks = [waiting, aside].compactMap(\.self)
        return remarks.isEmpty ? nil : remarks.joined(separator: "; ")
    }

    /// `degraded` while events are taken and questions are not answered: taking the server out of a load balancer would
    /// lose what it could have kept.
    private var status: String {
        guard queue.isWell, drain.isWell else { return "unready" }
        if database.isWell && schema.isWell && writing.isWell { return "ready" }
        return (!database.isWell || schema.isWell) && spool?.isWell == true ? "degraded" : "unready"
    }

    var response: Response {
        let status = status
        return Response(
            status: status == "unready" ? .serviceUnavailable : .ok,
            json: .object([
                "status": .text(status),
                "checks": .object([
                    "database": database.json, "schema": schema.json, "writing": writing.json, "queue": queue.json,
                    "drain": drain.json, "spool": spool?.json, "tasks": tasks.json,
                ]),
            ])
        )
    }
}
