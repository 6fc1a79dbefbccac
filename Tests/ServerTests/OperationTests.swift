import FoundationEssentials
import Ingest
import NIOHTTP1
import Postgres
import Schema
import Server
import Store
import Support
import Testing

@Suite(.needsPostgres)
struct OperationTests {
    @Test func aServerWithADatabaseIsReady() async throws {
        try await RunningServer.with { server in
            let healthy = try await server.ask(.GET, "/healthz")
            #expect(healthy.body == #"{"status":"ok"}"#)
            let ready = try await server.ask(.GET, "/readyz")
            #expect(ready.status == 200)
            let well = #"{"status":"ok"}"#
            #expect(
                ready.body == #"{"status":"ready","checks":{"database":\#(well),"schema":\#(well),"writing":\#(well),"#
                    + #""queue":{"status":"ok","pending":0,"limit":100000},"registry":\#(well),"drain":\#(well),"tasks":\#(well),"parts":\#(well)}}"#
            )
        }
    }

    @Test func aServerWithoutItsSchemaIsNotReady() async throws {
        try await RunningServer.with { server in
            try await server.database.run("DELETE FROM schema_migration WHERE number > 3")
            let ready = try await server.ask(.GET, "/readyz")
            #expect(ready.status == 503)
            #expect(ready.body.contains("run `hourglass migrate`"))
            #expect(try await server.ask(.GET, "/healthz").status == 200)
        }
    }

    /// While servers are replaced one by one, the first migrates the schema and the others keep running.
    @Test(arguments: Flavour.allCases)
    func aServerAcceptsACompatibleNewerSchema(flavour: Flavour) async throws {
        try await RunningServer.with(flavour) { server in
            let step = "VALUES (1000, 'x', '\(flavour.rawValue)', 'x', 12)"
            try await server.database.run(
                "INSERT INTO schema_migration (number, name, flavour, checksum, compatible_with) \(step)"
            )
            #expect(try await server.ask(.GET, "/readyz").status == 200)
            #expect(try await server.ask(.POST, "/analytics?timestamp=1&user=a&event=click").status == 204)
            #expect(try await server.ask(.GET, "/analytics?timestamp=1").body.contains("clicks,1"))
            try await server.database.run("UPDATE schema_migration SET compatible_with = 1000 WHERE number = 1000")
            let ready = try await server.ask(.GET, "/readyz")
            #expect(ready.status == 503)
            #expect(ready.body.contains("run a newer hourglass"))
        }
    }

    /// The database refuses this login: requests are refused at once, with the reason.
    @Test func withoutADatabaseEverythingIsRefusedWithAReason() async throws {
        try await withDatabase(.postgres) { database in
            try await RunningServer.with(database) { server in
                let before = try await server.ask(.GET, "/analytics?timestamp=1")
                #expect(before.status == 200)
                try await database.breakConnections(allow: false)
                for (method, target) in [
                    (HTTPMethod.GET, "/analytics?timestamp=1"), (.POST, "/analytics?timestamp=1&user=a&event=click"),
                ] {
                    let answer = try await server.ask(method, target)
                    #expect(answer.status == 503)
                    #expect(answer["Retry-After"] == "1")
                    #expect(answer["Content-Type"] == "application/problem+json")
                }
                let ready = try await server.ask(.GET, "/readyz")
                #expect(ready.status == 503)
                #expect(ready.body.contains("the database is away"))
                try await database.breakConnections(allow: true)
                try await eventually { try await server.ask(.GET, "/readyz").status == 200 }
                #expect(try await server.ask(.POST, "/analytics?timestamp=1&user=a&event=click").status == 204)
            }
        }
    }

    @Test func aFullQueueIsAnsweredWithRetryAfter() async throws {
        var queue = Batcher.Limits()
        queue.pending = 5
        try await RunningServer.with(.postgres, queue: queue) { server in
            // No write succeeds while the table is locked, so events stay in the queue.
            let blocker = try await Connection.open(server.database.url)
            try await blocker.run("BEGIN; LOCK TABLE hourglass.event IN EXCLUSIVE MODE")
            let statuses = try await withThrowingTaskGroup { group in
                for _ in 0..<8 {
                    group.addTask {
                        let answer = try await server.ask(.POST, "/analytics?timestamp=1&user=a&event=click")
                        if answer.status == 503 { #expect(answer["Retry-After"] == "1") }
                        return answer.status
                    }
                }
                var statuses: [Int] = []
                while let status = try await group.next() {
                    statuses.append(status)
                    // Three of the eight exceed the limit; once they are refused the lock is released.
                    if statuses == [503, 503, 503] { try await blocker.run("COMMIT") }
                }
                return statuses
            }
            #expect(statuses.sorted() == [204, 204, 204, 204, 204, 503, 503, 503])
            #expect(try await server.database.count(.events) == 5)
            await blocker.close()
        }
    }

    /// Every background task exports the time of its last success.
    @Test func backgroundTasksAreMeasured() async throws {
        try await RunningServer.with { server in
            let target = "/metrics"
            try await eventually {
                try await server.ask(.GET, target).body.contains("hourglass_live_following 1.0\n")
            }
            for task in ["watching", "following"] {
                let failures = #"hourglass_task_failures_total{task="\#(task)"} 0.0"# + "\n"
                #expect(try await server.ask(.GET, target).body.contains(failures))
                let never = #"hourglass_task_last_success_timestamp_seconds{task="\#(task)"} 0.0"# + "\n"
                try await eventually { try await !server.ask(.GET, target).body.contains(never) }
            }
            try await server.database.run("DROP FUNCTION live_batches(uuid, text)")
            let failed = #"hourglass_task_failures_total{task="following"} 0.0"# + "\n"
            try await eventually { try await !server.ask(.GET, target).body.contains(failed) }
            #expect(try await server.ask(.GET, target).body.contains("hourglass_live_following 0.0\n"))
            // Needs an answer of the database.
            #expect(try await server.ask(.GET, "/analytics?timestamp=1").status == 200)
        }
    }

    @Test func metricsCountRequestsAndEvents() async throws {
        try await RunningServer.with { server in
            _ = try await server.ask(.POST, "/analytics?timestamp=1&user=a&event=click")
            _ = try await server.ask(.POST, "/analytics?timestamp=1&user=a&event=x")
            _ = try await server.ask(.GET, "/somewhere/\(Int.random(in: 0...1_000_000))")
            let answer = try await server.ask(.GET, "/metrics")
            #expect(answer["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8")
            for line in [
                "hourglass_events_accepted_total 1",
                #"hourglass_events_rejected_total{field="event",reason="neither click nor impression"} 1"#,
                #"hourglass_http_requests_total{route="/analytics",method="POST",status="204"} 2"#,
                #"hourglass_http_requests_total{route="other",method="other",status="404"} 1"#,
                "hourglass_batch_events_count 1",
            ] {
                #expect(answer.body.contains(line + "\n"))
            }
        }
    }

    @Test func aRequestKeepsItsID() async throws {
        try await RunningServer.with { server in
            #expect(try await server.ask(.GET, "/healthz", ["X-Request-Id": "mine-1"])["X-Request-Id"] == "mine-1")
            let first = try await server.ask(.GET, "/healthz", ["X-Request-Id": "not mine"])["X-Request-Id"]
            let second = try await server.ask(.GET, "/nowhere")["X-Request-Id"]
            #expect(first != "not mine")
            #expect(first?.isEmpty == false)
            #expect(second?.isEmpty == false)
            #expect(first != second)
        }
    }
}
