/// The software and the device of a visitor.
package struct Agent: Hashable, Sendable {
    package var browser: String?
    package var browserVersion: String?
    package var os: String?
    package var osVersion: String?
    package var device: String?
    /// The width and height of the screen, such as `1920x1080`.
    package var screen: String?
    /// The language (BCP 47).
    package var language: String?

    package init() {}
}

extension Agent {
    /// Compares the texts by bytes.
    package static func == (first: Agent, second: Agent) -> Bool {
        first.browser.hasBytes(of: second.browser)
            && first.browserVersion.hasBytes(of: second.browserVersion)
            && first.os.hasBytes(of: second.os)
            && first.osVersion.hasBytes(of: second.osVersion)
            && first.device.hasBytes(of: second.device)
            && first.screen.hasBytes(of: second.screen)
            && first.language.hasBytes(of: second.language)
    }
}

extension Agent: TextRecord {
    package static let fields: [TextField<Agent>] = [
        TextField("browser", \.browser), TextField("browser_version", \.browserVersion),
        TextField("os", \.os), TextField("os_version", \.osVersion),
        TextField("device", \.device), TextField("screen", \.screen), TextField("language", \.language),
    ]
}
