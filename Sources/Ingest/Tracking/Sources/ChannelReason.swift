/// A channel, and the fact that decided for it.
package struct ChannelReason: Sendable, Hashable {
    package enum Fact: String, Sendable, Hashable, CaseIterable {
        case campaign
        case medium
        /// The name of a source in the address, such as `adwords`.
        case source
        case kind = "kind of source"
        case click = "click id"
        case referrer
        /// No rule was met.
        case none
    }

    package let channel: Channel
    package let fact: Fact

    package init(_ channel: Channel, _ fact: Fact) {
        self.channel = channel
        self.fact = fact
    }

    /// The number of the rule that was met, from 1 on.
    package var rule: Int { (Channel.allCases.firstIndex(of: channel) ?? 0) + 1 }
}
