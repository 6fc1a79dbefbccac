import Testing

@testable import Systemd

/// The sockets that the service manager has opened.
struct InheritedSocketsTests {
    @Test(
        arguments: [
            [:], ["LISTEN_FDS": "1"], ["LISTEN_FDS": "1", "LISTEN_PID": "8"], ["LISTEN_FDS": "0", "LISTEN_PID": "7"],
            ["LISTEN_FDS": "-1", "LISTEN_PID": "7"], ["LISTEN_FDS": "x", "LISTEN_PID": "7"], ["LISTEN_PID": "7"],
        ] as [[String: String]]
    )
    func othersVariablesAreNotMeant(variables: [String: String]) throws {
        #expect(try InheritedSockets.find(variables, process: 7) == [])
    }

    /// Some of the first descriptors of a test are open, and none is a listening socket.
    @Test(arguments: ["1", "64", "9223372036854775807"])
    func whatIsNoSocketIsRefused(count: String) throws {
        let error = #expect(throws: InheritedSockets.Unusable.self) {
            try InheritedSockets.find(["LISTEN_FDS": count, "LISTEN_PID": "7"], process: 7)
        }
        #expect(error?.descriptor == 3)
    }
}
