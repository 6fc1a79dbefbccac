import Analytics
import Testing

@testable import Server

struct ReadinessTests {
    private static let all: [Check.Severity] = [.minor, .degraded, .unavailable, .unusable]

    /// Checks without an obstacle do not count, whatever their severity.
    @Test func withoutAnObstacleTheServerIsReady() {
        #expect(Readiness([]) == .ready)
        #expect(Readiness(Self.all.map { Check("\($0)", $0, remark: "slow") }) == .ready)
    }

    @Test(arguments: zip(all, [Readiness.ready, .degraded, .unready, .unready]))
    func oneObstacleDecides(severity: Check.Severity, expected: Readiness) {
        let others = Self.all.map { Check("other \($0)", $0) }
        #expect(Readiness(others + [Check("failing", severity, obstacle: "no")]) == expected)
        #expect(Readiness([Check("failing", severity, obstacle: "no")] + others) == expected)
    }

    @Test func theGravestObstacleDecides() {
        for first in Self.all {
            for second in Self.all {
                let both = [Check("a", first, obstacle: "no"), Check("b", second, obstacle: "no")]
                #expect(Readiness(both) == Readiness([Check("a", max(first, second), obstacle: "no")]))
            }
        }
    }
}
