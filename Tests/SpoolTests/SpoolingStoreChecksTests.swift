import Analytics
import Support
import Testing

@testable import Spool

/// The checks of a spooling store, and the questions that it refuses.
@Suite(.timeLimit(.minutes(1)))
struct SpoolingStoreChecksTests {
    private static let moment = Event.sample().time

    @Test func anOutageDegradesWhileTheSpoolTakesEvents() async throws {
        try await withScratch { path in
            let store = FakeStore()
            var limits = Spool.Limits()
            limits.bytes = 100
            try await SpoolingStore.with(path, store, limits: limits) { spooling in
                #expect(await spooling.checks().map(\.name) == ["spool", "spooled", "database", "schema", "tasks"])
                #expect(await spooling.checks().allSatisfy { $0.isWell })
                store.set(.away)
                _ = try await spooling.append(.sample("a"))
                #expect(await spooling.check("database")?.severity == .degraded)
                #expect(await spooling.check("schema")?.severity == .unusable)
                #expect(await spooling.check("spool")?.remark?.contains("events wait here") == true)
                await #expect(throws: WriteError.spoolFull) { try await spooling.append(.sample("b")) }
                #expect(await spooling.check("database")?.severity == .unavailable)
                #expect(await spooling.check("spool")?.obstacle == "the spool is full")
            }
        }
    }

    @Test func tasksAreToldTogether() async throws {
        try await withScratch { path in
            let store = FakeStore()
            try await SpoolingStore.with(path, store) { spooling in
                #expect(await spooling.check("tasks")?.remark == "a task")
                let names = spooling.measurements.map(\.name)
                #expect(names.first == "fake")
                #expect(names.filter { $0.hasPrefix("hourglass_task") }.count == 2)
            }
        }
    }

    @Test func questionsAreRefusedUntilEverythingIsDelivered() async throws {
        try await withScratch { path in
            let store = FakeStore()
            try await SpoolingStore.with(path, store) { spooling in
                store.set(.away)
                _ = try await spooling.append(.sample("a"))
                await #expect(throws: QueryError.incomplete(.undelivered)) {
                    try await spooling.hour(of: Site.standard, endingAt: Self.moment)
                }
                store.set(.takes)
                await wait(until: { spooling.isCurrent })
                let report = try await spooling.hour(of: Site.standard, endingAt: Self.moment)
                #expect(report == HourReport(uniqueUsers: 1, clicks: 1, impressions: 0))
            }
        }
    }

    @Test func questionsAboutWhatWasSetAsideAreRefused() async throws {
        try await withScratch { path in
            let store = FakeStore(troubled: ["bad"])
            try await SpoolingStore.with(path, store, longestTrouble: .zero) { spooling in
                store.set(.away)
                _ = try await spooling.append(.sample("bad"))
                store.set(.takes)
                await wait(until: { spooling.isCurrent })
                await #expect(throws: QueryError.incomplete(.setAside)) {
                    try await spooling.hour(of: Site.standard, endingAt: Self.moment)
                }
                let other = Self.moment.advanced(by: .seconds(-7200))
                _ = try await spooling.hour(of: Site.standard, endingAt: other)
                _ = try await spooling.hour(of: SiteID(rawValue: 2), endingAt: Self.moment)
                #expect(await spooling.check("spool")?.remark?.contains("counts of its hours are not given") == true)
            }
        }
    }
}

extension SpoolingStore {
    fileprivate func check(_ name: String) async -> Check? { await checks().first { $0.name == name } }
}
