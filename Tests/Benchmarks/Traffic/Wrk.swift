import FoundationEssentials
import SystemPackage

/// A run of `wrk`, a load generator in C.
struct Wrk: Sendable {
    /// The figures of the run.
    struct Outcome: Sendable {
        let requests: Double
        let seconds: Double
        /// The median latency in milliseconds.
        let p50: Double
        let p99: Double
        /// The number of requests without an answer, or with a status of 400 and above.
        let errors: Double
    }

    /// A Lua script that defines `request`.
    let script: String
    let connections: Int
    let seconds: Int

    private static let mark = "counted:"

    /// A Lua function that prints exact figures, because wrk's own output is rounded.
    private static let done = """
        done = function(summary, latency)
          local e = summary.errors
          io.write(string.format("\(mark) %d %d %d %d %d\\n", summary.requests, summary.duration,
            latency:percentile(50), latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout))
        end
        """

    /// Sends requests for the given time.
    func run(_ url: String, directory: FilePath) async throws -> Outcome {
        let file = directory.appending("wrk-\(UInt32.random(in: 0 ... .max)).lua")
        try Data("\(script)\n\(Self.done)\n".utf8).write(to: URL(filePath: file.string))
        let arguments = ["-t1", "-c\(connections)", "-d\(seconds)s", "--timeout", "10s", "-s", file.string, url]
        let text = try await output(of: "wrk", arguments)
        let line = text.split(separator: "\n").first { $0.hasPrefix(Self.mark) }
        let numbers = line?.split(separator: " ").compactMap { Double($0) } ?? []
        guard numbers.count == 5 else { throw ProgramFailure(program: "wrk", output: text) }
        return Outcome(
            requests: numbers[0],
            seconds: numbers[1] / 1e6,
            p50: numbers[2] / 1e3,
            p99: numbers[3] / 1e3,
            errors: numbers[4]
        )
    }

    /// Sends requests for the given time; also returns the processor time that the server process used.
    func run(against server: ServerProcess, directory: FilePath) async throws -> (Outcome, processorSeconds: Double) {
        let before = try ProcessUsage(of: server.id)
        let outcome = try await run(server.url, directory: directory)
        let after = try ProcessUsage(of: server.id)
        return (outcome, max(0.01, after.processorSeconds - before.processorSeconds))
    }
}

extension Wrk {
    /// A script that sends a list of requests in turn.
    ///
    /// The requests are made beforehand, so that making them is not measured.
    ///
    /// - Parameter preparation: A Lua script that fills the table `requests` in each thread of wrk before it begins.
    /// - Returns: The script, without the part that `run` adds.
    static func cycling(_ preparation: String) -> String {
        """
        local requests, index = {}, 0
        init = function()
        \(preparation)
        end
        request = function()
          index = index % #requests + 1
          return requests[index]
        end
        """
    }

    /// A script that posts single current events.
    static func events(users: Int) -> String {
        cycling(
            """
              math.randomseed(os.time())
              local now = os.time()
              for i = 1, 10000 do
                local user = math.random(\(users))
                requests[i] = wrk.format("POST", string.format("/analytics?timestamp=%d&user=user%d&event=%s",
                  now - math.random(0, 9), user, user % 5 == 0 and "click" or "impression"))
              end
            """
        )
    }
}
