import FoundationEssentials
import Testing

@testable import Terminal

struct LocalReadingTests {
    private static let stat =
        "42 (postgres) S 1 42 42 0 -1 4194560 100 0 0 0 150 50 0 0 20 0 3 0 900 1000000 2500 18446744073709551615"

    @Test func aProcessIsReadFromItsFiles() throws {
        let title = ["postgres: hourglass_ingest hourglass [local] idle"]
        let process = try #require(
            LocalReading.process(42, stat: Self.stat, status: "Name:\tpostgres\nVmRSS:\t  2000 kB\n", command: title)
        )
        #expect(process.time == 2 && process.threads == 3 && process.memory == 2_048_000)
        #expect(process.title == title.first)
        let plain = LocalReading.process(42, stat: Self.stat, status: "", command: ["/usr/lib/postgres", "-D", "x"])
        #expect(plain?.title == "postgres" && plain?.memory == 0)
    }

    /// The name of a program may have brackets and blanks.
    @Test(arguments: ["", "42", "42 (x", "42 (a) b) S 1", ")("])
    func otherTextsAreNoProcesses(stat: String) {
        #expect(LocalReading.process(42, stat: stat, status: "", command: []) == nil)
    }

    @Test func trafficIsThatOfAllNetworks() {
        let text = """
            Inter-|   Receive                                                |  Transmit
             face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets
                lo: 9000 1 0 0 0 0 0 0 9000 1 0 0 0 0 0 0
              eth0: 100 1 0 0 0 0 0 0 200 1 0 0 0 0 0 0
              eth1:1 1 0 0 0 0 0 0 2 1 0 0 0 0 0 0
            """
        #expect(LocalReading.traffic(text) == LocalReading.Traffic(received: 101, sent: 202))
        #expect(LocalReading.traffic("") == nil)
    }

    /// This program is no server, so it is none of the processes.
    @Test func thisMachineIsRead() {
        let id = Int(ProcessInfo.processInfo.processIdentifier)
        let processes = LocalReading.read().processes
        #expect(!processes.contains { $0.id == id })
    }

    @Test(arguments: [
        ("http://127.0.0.1:8080", true), ("http://localhost", true), ("http://[::1]:80", true), ("unix:/run/h", true),
        ("https://stats.example.org", false), ("http://10.0.0.1", false),
    ])
    func onlyServersOnThisMachineAreLocal(url: String, isLocal: Bool) throws {
        #expect(try Endpoint(url).isLocal == isLocal)
    }
}
