import Analytics
import Support
import Synchronization
import Testing

@testable import Store

/// Equal questions at the same time.
@Suite(.timeLimit(.minutes(1)))
struct JoinedReportsTests {
    private static func query(page: String = "/") throws -> Query {
        let start = Timestamp(seconds: 0)
        let period = try #require(Period(from: start, to: start.advanced(by: .seconds(60))))
        var query = Query(site: Site.standard, period: period, metrics: [.visits])
        query.filters = [.test(Filter.Test(.equals, .hit(.page), [page]))]
        return query
    }

    private static func report(_ number: Int) -> Report { Report(rows: [], total: number, labels: nil) }

    /// The course of one answer, which stops before it begins to read, and after it.
    private struct Course: Sendable {
        let begin = Gate()
        let end = Gate()
        let number: Int

        func answer(_ reports: JoinedReports) async throws -> Int {
            try await reports.report(AskedQuery(query())) { begun in
                try await begin.pass()
                begun()
                begin.report()
                try await end.pass()
                return report(number)
            }.total
        }
    }

    /// A gate that is opened once.
    private final class Gate: Sendable {
        private let (passage, opening) = AsyncStream.makeStream(of: Void.self)
        private let reached = Atomic(false)

        func open() { opening.yield() }

        func pass() async throws {
            for await _ in passage { return }
            throw CancellationError()
        }

        func report() { reached.store(true, ordering: .relaxed) }
        var isReached: Bool { reached.load(ordering: .relaxed) }
    }

    /// Lets other tasks go on until a condition is true.
    private func until(_ condition: () -> Bool) async { while !condition() { await Task.yield() } }

    @Test func shareWhatHasNotBegun() async throws {
        let reports = JoinedReports()
        let first = Course(number: 1)
        async let one = first.answer(reports)
        await until { reports.isAnswering }
        async let two = Course(number: 2).answer(reports)
        await until { reports.waiting == 1 }
        first.begin.open()
        first.end.open()
        #expect(try await one == 1)
        #expect(try await two == 1)
        #expect(reports.joined == 1)
        #expect(!reports.isAnswering)
    }

    /// What has begun to read may lack what was stored since.
    @Test func waitForALaterAnswerWhenReadingHasBegun() async throws {
        let reports = JoinedReports()
        let (first, second) = (Course(number: 1), Course(number: 2))
        async let one = first.answer(reports)
        first.begin.open()
        await until { first.begin.isReached }
        async let two = second.answer(reports)
        await until { reports.waiting == 1 }
        async let three = Course(number: 3).answer(reports)
        await until { reports.waiting == 2 }
        first.end.open()
        #expect(try await one == 1)
        // Begins to read with nothing else to wait for.
        second.begin.open()
        second.end.open()
        #expect(try await two == 2)
        #expect(try await three == 2)
        #expect(reports.joined == 1)
    }

    @Test func outliveTheTaskThatAnswers() async throws {
        let reports = JoinedReports()
        let second = Course(number: 2)
        let first = Task { try await Course(number: 1).answer(reports) }
        await until { reports.isAnswering }
        async let two = second.answer(reports)
        await until { reports.waiting == 1 }
        async let three = Course(number: 3).answer(reports)
        await until { reports.waiting == 2 }
        first.cancel()
        await #expect(throws: CancellationError.self) { try await first.value }
        second.begin.open()
        second.end.open()
        #expect(try await two == 2)
        #expect(try await three == 2)
    }

    @Test func endAloneWhenCancelled() async throws {
        let reports = JoinedReports()
        let first = Course(number: 1)
        async let one = first.answer(reports)
        await until { reports.isAnswering }
        let second = Task { try await Course(number: 2).answer(reports) }
        await until { reports.waiting == 1 }
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        #expect(reports.waiting == 0)
        first.begin.open()
        first.end.open()
        #expect(try await one == 1)
    }

    @Test func shareTheFailure() async throws {
        let reports = JoinedReports()
        let gate = Gate()
        let one = Task {
            try await reports.report(AskedQuery(Self.query())) { _ in
                try await gate.pass()
                throw QueryError.tooSlow
            }
        }
        await until { reports.isAnswering }
        let two = Task { try await Course(number: 2).answer(reports) }
        await until { reports.waiting == 1 }
        gate.open()
        await #expect(throws: QueryError.tooSlow) { try await one.value }
        await #expect(throws: QueryError.tooSlow) { try await two.value }
    }

    /// To `String`, both ways to write an é are the same.
    @Test func areThoseOfTheSameBytes() throws {
        let queries = try ["/\u{e9}", "/e\u{301}"].map { try Self.query(page: $0) }
        #expect(queries[0] == queries[1])
        #expect(AskedQuery(queries[0]) != AskedQuery(queries[1]))
    }
}
