/// The headers of a request that tell about the software and the device of the client.
package struct AgentRequest: Hashable, Sendable {
    /// The most bytes of an agent: the time to read it grows with its length.
    package static let bytesOfAgent = 512

    /// The header `User-Agent`; empty if there is none.
    package let agent: String
    package let hints: ClientHints

    /// - Parameters:
    ///   - agent: The header `User-Agent`, which is cut between characters after `bytesOfAgent`.
    ///   - hints: The client hints, which most browsers do not send.
    package init(agent: String, hints: ClientHints = ClientHints()) {
        self.agent = agent.cut(toBytes: Self.bytesOfAgent)
        self.hints = hints
    }

    /// The bytes of its texts.
    var bytes: Int {
        agent.utf8.count + hints.bytes
    }
}
