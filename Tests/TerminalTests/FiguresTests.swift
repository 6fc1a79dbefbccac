import Testing

@testable import Terminal

struct FiguresTests {
    private static func reading(_ text: String, seconds: Int, status: String? = "ready") -> ServerReading {
        ServerReading(
            at: 1_000 + Double(seconds),
            instant: start.advanced(by: .seconds(seconds)),
            metrics: Metrics(text),
            readiness: status.map { ServerReading.Readiness(status: $0, checks: [:]) }
        )
    }

    private static let start = ContinuousClock.now

    private static func text(requests: Int, failed: Int, started: Int = 900) -> String {
        """
        hourglass_http_requests_total{route="/analytics",method="POST",status="204"} \(requests)
        hourglass_http_requests_total{route="/readyz",method="GET",status="200"} \(requests)
        hourglass_http_requests_total{route="/analytics",method="POST",status="503"} \(failed)
        hourglass_events_accepted_total \(requests)
        process_start_time_seconds \(started)
        process_cpu_seconds_total \(Double(requests) / 100)
        hourglass_queue_events 25
        hourglass_queue_limit_events 100
        node_memory_MemTotal_bytes 1000
        node_memory_MemAvailable_bytes 400
        node_filesystem_size_bytes{mountpoint="/"} 50
        node_filesystem_avail_bytes{mountpoint="/"} 20
        hourglass_task_last_success_timestamp_seconds{task="jobs"} 998
        hourglass_task_last_success_timestamp_seconds{task="parts"} 0
        hourglass_task_failures_total{task="jobs"} 2
        """
    }

    @Test func ratesAreOfTheTimeBetweenTwoReadings() {
        let before = Self.reading(Self.text(requests: 100, failed: 0), seconds: 0)
        let now = Self.reading(Self.text(requests: 140, failed: 6), seconds: 2)
        let figures = Figures(now, since: before)
        #expect(figures.requests == ["2": 40, "5": 3])
        #expect(figures.allRequests == 43)
        #expect(figures.events == 20)
        #expect(figures.cpu.map { abs($0 - 0.2) < 1e-9 } == true)
        #expect(figures.queue?.share == 0.25)
        #expect(figures.machineMemory?.used == 600)
        #expect(figures.disks.first?.fill.used == 30)
        #expect(figures.uptime == 102)
        #expect(figures.tasks.map(\.name) == ["jobs", "parts"])
        #expect(figures.tasks.first?.age == 4)
        #expect(figures.tasks.first?.failures == 2)
        #expect(figures.tasks.last?.age == nil)
    }

    /// A first reading has no rates, and neither has the first one of a server that was restarted.
    @Test func countsOfAnotherProcessGiveNoRates() {
        let before = Self.reading(Self.text(requests: 100, failed: 0), seconds: 0)
        let restarted = Self.reading(Self.text(requests: 140, failed: 0, started: 1_001), seconds: 2)
        for figures in [Figures(before, since: nil), Figures(restarted, since: before)] {
            #expect(figures.requests == nil && figures.events == nil && figures.cpu == nil)
            #expect(figures.queue?.used == 25)
        }
    }

    @Test func processorsAreBusyBetweenTwoReadings() {
        func text(_ idle: Int, _ waiting: Int, _ user: Int) -> String {
            """
            node_cpu_seconds_total{cpu="10",mode="idle"} \(idle)
            node_cpu_seconds_total{cpu="10",mode="iowait"} \(waiting)
            node_cpu_seconds_total{cpu="10",mode="user"} \(user)
            node_cpu_seconds_total{cpu="2",mode="idle"} \(idle)
            process_start_time_seconds 1
            """
        }
        let before = Self.reading(text(100, 5, 50), seconds: 0)
        let figures = Figures(Self.reading(text(101, 6, 52), seconds: 2), since: before)
        #expect(figures.cores.map(\.name) == ["2", "10"] && figures.cores.map(\.busy) == [0, 0.5])
        #expect(Figures(before, since: nil).cores.isEmpty)
    }

    @Test func refusalsAreCountedByTheirReasons() {
        func text(_ count: Int) -> String {
            """
            hourglass_events_rejected_total{field="user",reason="empty"} \(count)
            hourglass_events_rejected_total{field="host",reason="not a host of the site"} 7
            process_start_time_seconds 1
            """
        }
        let before = Self.reading(text(10), seconds: 0)
        let figures = Figures(Self.reading(text(14), seconds: 2), since: before)
        #expect(figures.refused.map(\.reason) == ["host: not a host of the site", "user: empty"])
        #expect(figures.refused.map(\.count) == [7, 14] && figures.refused.map(\.rate) == [0, 2])
        #expect(figures.allRefused == 2)
        #expect(Figures(before, since: nil).refused.allSatisfy { $0.rate == nil })
    }
}
