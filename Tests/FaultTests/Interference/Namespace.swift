import Foundation
import Support
import Testing

/// A network of its own for the server, with a cable to this one that can be disturbed.
struct Namespace {
    let name: String
    /// This end of the cable.
    let outside: String
    /// The server's.
    let inside: String

    /// What a program is started by, to be in there.
    var prefix: [String] { ["ip", "netns", "exec", name] }

    /// Makes a network as long as `body` runs; where that is not allowed the test is cancelled.
    static func with(_ body: (Namespace) async throws -> Void) async throws {
        let number = Int.random(in: 0..<250)
        let name = "hg\(UUID().uuidString.prefix(8).lowercased())"
        let namespace = Namespace(name: name, outside: "10.213.\(number).1", inside: "10.213.\(number).2")
        do {
            try await namespace.make()
        } catch let failure as Command.Failure {
            await namespace.remove()
            try Test.cancel("there can be no network namespace here: \(failure.command) \(failure.output)")
        }
        do {
            try await body(namespace)
        } catch {
            await namespace.remove()
            throw error
        }
        await namespace.remove()
    }

    /// Drops every answer from a port, as a firewall does that has forgotten the connection.
    ///
    /// - Parameters:
    ///   - port: Of PostgreSQL.
    ///   - client: The port of the one connection that is meant; without, all are.
    /// - Throws: `Command.Failure`
    func dropAnswers(from port: Int, to client: String? = nil) async throws {
        let those = ["-p", "tcp", "--sport", "\(port)"] + (client.map { ["--dport", $0] } ?? [])
        try await Command.run(prefix + ["iptables", "-A", "INPUT"] + those + ["-j", "DROP"])
    }

    /// Lets everything through again.
    func heal() async throws {
        try await Command.run(prefix + ["iptables", "-F", "INPUT"])
    }

    /// The server's ports of its connections to a port.
    func connections(to port: Int) async throws -> [String] {
        let lines = try await Command.run(prefix + ["ss", "-Htn", "state", "established", "dport", "=", ":\(port)"])
        return lines.split(separator: "\n").compactMap { line in
            line.split(separator: " ").dropFirst(2).first?.split(separator: ":").last.map(String.init)
        }
    }

    private func make() async throws {
        let cable = "\(name)a"
        try await Command.run(["ip", "netns", "add", name])
        try await Command.run(["ip", "link", "add", cable, "type", "veth", "peer", "name", "\(name)b", "netns", name])
        try await Command.run(["ip", "addr", "add", "\(outside)/30", "dev", cable])
        try await Command.run(["ip", "link", "set", cable, "up"])
        try await Command.run(prefix + ["ip", "addr", "add", "\(inside)/30", "dev", "\(name)b"])
        try await Command.run(prefix + ["ip", "link", "set", "\(name)b", "up"])
        try await Command.run(prefix + ["ip", "link", "set", "lo", "up"])
        // Asked for now, so that a test without it ends before it has begun.
        try await heal()
    }

    private func remove() async {
        // Not there, perhaps, if it could not be made; the cable goes with it.
        _ = try? await Command.run(["ip", "netns", "del", name])
    }
}
