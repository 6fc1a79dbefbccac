import Analytics
import Foundation
import Support
import Testing

@testable import Store

struct QuietSitesTests {
    /// A thousand sites with five users in each of the hours that are kept, in a process of its own.
    @Test func aThousandQuietSitesTakeLessThanTenMegabytes() async {
        await #expect(processExitsWith: .success) {
            let start = Timestamp(seconds: 1_223_564_400)
            let before = try ResidentMemory.kilobytes()
            var sites: [HourWindow] = []
            for site in 0..<1000 {
                var window = HourWindow(start: start)
                for number in 0..<20 {
                    let time = start.milliseconds + number * 720_000 + site
                    window.add(.sample(at: time, user: "a visitor of site \(site), number \(number)"))
                }
                sites.append(window)
            }
            let taken = try ResidentMemory.kilobytes() - before
            let last = sites.map { $0.hour(endingAt: start.advanced(by: .seconds(14_399))) }
            #expect(last.allSatisfy { $0 == HourReport(uniqueUsers: 5, clicks: 5, impressions: 0) })
            #expect(taken < 10_000)
        }
    }
}

/// The memory of this process.
private enum ResidentMemory {
    struct Unknown: Error {}

    static func kilobytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        guard let number = line?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else { throw Unknown() }
        return number
    }
}
