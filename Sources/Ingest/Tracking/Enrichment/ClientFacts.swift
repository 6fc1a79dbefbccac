package import Agents

/// The facts about the client of a hit from which its place and its software are found out.
///
/// They are used once and not kept: neither the address nor the agent is stored.
package struct ClientFacts: Sendable {
    /// The address, 4 or 16 bytes in network order; nil if it is not known.
    package var address: [UInt8]?
    /// The headers about its software; nil if they are not known, which is not the same as an empty agent.
    package var software: AgentRequest?
    /// The header `Accept-Language`.
    package var languages: String?

    package init(address: [UInt8]? = nil, software: AgentRequest? = nil, languages: String? = nil) {
        self.address = address
        self.software = software
        self.languages = languages
    }
}
