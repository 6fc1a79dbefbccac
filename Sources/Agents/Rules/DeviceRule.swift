/// A rule that finds the class of a device in an agent.
struct DeviceRule: Sendable {
    /// The rules in their order, as texts: the first one found counts.
    static let all: [(device: DeviceClass, pattern: String)] = [
        (.tv, #"smart-?tv|hbbtv|netcast|web0s|appletv|googletv|crkey|bravia|roku/"#),
        // Not the domain of a bot's address.
        (.tv, #"\baft[a-z0-9]{1,8}\b|\bdtv|(?<!\.)\btv\b"#),
        (.console, "playstation|xbox|nintendo"),
        (.tablet, "ipad|tablet"),
        (.tablet, "^(?!.*mobi).*android"),
        (.phone, "mobi|iphone|ipod|android|phone"),
        (.desktop, "windows nt|macintosh|x11|cros|linux"),
    ]

    let device: DeviceClass
    let pattern: Pattern
}
