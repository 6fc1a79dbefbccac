/// The names of systems that are treated apart.
enum SystemName {
    static let android = "Android"
    static let chromeOS = "Chrome OS"
    static let iOS = "iOS"
    static let iPadOS = "iPadOS"
    static let linux = "Linux"
    static let macOS = "macOS"
    static let windows = "Windows"
}
