import Analytics
import Testing

struct CheckTests {
    @Test func severitiesAreInOrder() {
        let all: [Check.Severity] = [.minor, .degraded, .unavailable, .unusable]
        #expect(all.shuffled().sorted() == all)
    }

    @Test func aCheckOfTheSameNameAddsItsRemark() {
        var checks = [Check("tasks", .minor), Check("queue", .unavailable)]
        checks.merge(Check("tasks", .minor))
        #expect(checks == [Check("tasks", .minor), Check("queue", .unavailable)])
        checks.merge(Check("tasks", .minor, remark: "one"))
        checks.merge(Check("tasks", .minor, remark: "two"))
        checks.merge(Check("spool", .minor, obstacle: "full"))
        #expect(
            checks == [
                Check("tasks", .minor, remark: "one; two"), Check("queue", .unavailable),
                Check("spool", .minor, obstacle: "full"),
            ]
        )
    }
}
