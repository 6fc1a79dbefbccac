import Foundation
import Support
import Testing

/// A network namespace for the server, linked to this one by a virtual cable on which packets can be dropped.
struct Namespace {
    let name: String
    /// The address of this end of the cable.
    let outside: String
    /// The address of the server's end.
    let inside: String

    /// The command prefix that starts a program in the namespace.
    var prefix: [String] { ["ip", "netns", "exec", name] }

    /// Lends a namespace; cancels the test if the process may not create one.
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

    /// Drops every packet from a port, as a firewall does for a connection that it has forgotten.
    ///
    /// - Parameters:
    ///   - port: The port of PostgreSQL.
    ///   - client: The client's port of a single connection; nil for all connections.
    /// - Throws: `Command.Failure`
    func dropAnswers(from port: Int, to client: String? = nil) async throws {
        let those = ["-p", "tcp", "--sport", "\(port)"] + (client.map { ["--dport", $0] } ?? [])
        try await Command.run(prefix + ["iptables", "-A", "INPUT"] + those + ["-j", "DROP"])
    }

    /// Lets all packets through again.
    func heal() async throws {
        try await Command.run(prefix + ["iptables", "-F", "INPUT"])
    }

    /// The client ports of the connections to a port.
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
        // Tests for nft now, so that a test without it is cancelled before it has begun.
        try await heal()
    }

    private func remove() async {
        // It is missing if it could not be created. The cable is removed with it.
        _ = try? await Command.run(["ip", "netns", "del", name])
    }
}
