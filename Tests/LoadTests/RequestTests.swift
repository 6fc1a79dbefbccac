import NIOCore
import Testing

@testable import Load

struct RequestTests {
    private let events = [
        Event(second: 0, user: 12, isClick: true), Event(second: 3_600, user: 99_999, isClick: false),
    ]

    @Test func writesASingleEvent() throws {
        let plan = try plan()
        #expect(
            request(plan, [events[0]]) == """
                POST /base/analytics?timestamp=1699996400&user=\(plan.prefix)00000012&event=click HTTP/1.1\r
                Host: localhost:8080\r
                Content-Length: 0\r
                \r

                """
        )
    }

    @Test(arguments: LoadOptions.Format.allCases)
    func writesABulk(format: LoadOptions.Format) throws {
        let plan = try plan { ($0.mode, $0.format) = (.bulk, format) }
        let user = plan.prefix
        let body =
            switch format {
            case .csv:
                """
                timestamp,user,event
                1699996400,\(user)00000012,click
                1700000000,\(user)00099999,impression

                """
            case .ndjson:
                """
                {"timestamp":1699996400,"user":"\(user)00000012","event":"click"}
                {"timestamp":1700000000,"user":"\(user)00099999","event":"impression"}

                """
            }
        let parts = request(plan, events).split(separator: "\r\n\r\n")
        #expect(parts[1] == body)
        let length = parts[0].split(separator: "Content-Length: ").last.flatMap { Int($0) }
        #expect(length == body.utf8.count)
        #expect(parts[0].hasPrefix("POST /base/analytics HTTP/1.1\r\nHost: localhost:8080\r\nContent-Type: "))
    }

    @Test(arguments: [(LoadOptions.Mode.single, "?site=b/c&timestamp=1699996400&"), (.bulk, "?site=b/c HTTP/1.1\r\n")])
    func namesTheSite(mode: LoadOptions.Mode, query: String) throws {
        let plan = try plan { ($0.mode, $0.sites) = (mode, ["a", "b/c"]) }
        #expect(request(plan, [events[0]], plan.sites[1]).hasPrefix("POST /base/analytics\(query)"))
    }

    @Test func writesTimestampsThatGrowByADigit() throws {
        let plan = try plan { ($0.until, $0.mode) = (1_000_003_599, .bulk) }
        let text = request(plan, [Event(second: 0, user: 0, isClick: true), Event(second: 1, user: 0, isClick: true)])
        #expect(text.contains("\n999999999,") && text.contains("\n1000000000,"))
    }

    @Test func givesEachRunItsOwnUsers() throws {
        #expect(try plan().prefix != plan().prefix)
    }

    @Test func sendsByTheClock() throws {
        let start = NIODeadline.uptimeNanoseconds(1_000)
        var schedule = Schedule(try plan { ($0.rate, $0.duration) = (10, .seconds(1)) }, start: start)
        #expect(schedule.next(at: start) == .send(due: start))
        #expect(schedule.take() == 1)
        #expect(schedule.next(at: start) == .wait(until: start + .milliseconds(100)))
        // Sent late, but its due time stays the same.
        #expect(schedule.next(at: start + .milliseconds(350)) == .send(due: start + .milliseconds(100)))
        #expect(schedule.overdue(at: start + .milliseconds(350)) == 3)
        #expect(schedule.next(at: start + .seconds(1)) == .over)
        #expect(schedule.overdue(at: start + .seconds(5)) == 9)
    }

    @Test func endsWithTheLastEvent() throws {
        let start = NIODeadline.uptimeNanoseconds(1_000)
        let plan = try plan { ($0.mode, $0.bulkSize, $0.events) = (.bulk, 100, 250) }
        var schedule = Schedule(plan, start: start)
        #expect([schedule.take(), schedule.take(), schedule.take()] == [100, 100, 50])
        #expect(schedule.next(at: start) == .over)
    }

    private func plan(_ change: (inout LoadOptions) -> Void = { _ in }) throws -> Plan {
        var options = LoadOptions()
        (options.url, options.until, options.hours) = ("http://localhost:8080/base", 1_700_000_000, 1)
        change(&options)
        return try Plan(options)
    }

    private func request(_ plan: Plan, _ events: [Event], _ site: Site = .standard) -> String {
        var buffer = ByteBuffer(string: "what was there before")
        RequestEncoder(plan, site).write(events, into: &buffer)
        return String(buffer: buffer)
    }
}
