/// The facts about a visitor's software and device that a request tells; nil for what is not known.
///
/// A bot has neither browser nor system nor device: what it says of them describes nobody.
package struct AgentFacts: Hashable, Sendable {
    /// The reasons for the facts, for explanations.
    package struct Reasons: Hashable, Sendable {
        /// Also that of the browser's version.
        package var browser: Reason?
        package var os: Reason?
        package var osVersion: Reason?
        package var device: Reason?
        package var bot: Reason?

        package init() {}
    }

    /// The name of the browser, the same on all systems, such as `Chrome`; up to `CleanText.limit` bytes, as all texts.
    package var browser: String?
    /// The version to its second number, such as `142.0`; client hints tell only the first.
    package var browserVersion: String?
    package var os: String?
    /// The version to its second number, with a `+` if browsers say the same of all later ones, such as `10.15+`.
    package var osVersion: String?
    package var device: DeviceClass?
    /// The bot that the request is from; nil if it is from a browser.
    package var bot: Bot?
    package var reasons = Reasons()

    package init() {}
}

extension AgentFacts {
    /// The bytes of its texts.
    var bytes: Int {
        [browser, browserVersion, os, osVersion, bot?.name, bot?.kind].reduce(0) { $0 + ($1?.utf8.count ?? 0) }
    }
}
