/// The names that browsers and systems have whatever they run on, by those of uap-core.
enum NameFolding {
    private static let browsers = [
        "Chrome Mobile": "Chrome", "Chrome Mobile iOS": "Chrome", "Chrome Mobile WebView": "Android WebView",
        "DuckDuckGo Mobile": "DuckDuckGo", "Ecosia Android": "Ecosia", "Ecosia iOS": "Ecosia", "Edge Mobile": "Edge",
        "Firefox Alpha": "Firefox", "Firefox Beta": "Firefox", "Firefox Mobile": "Firefox", "Firefox iOS": "Firefox",
        "IE Large Screen": "IE", "IE Mobile": "IE", "Mobile Safari": "Safari",
        "Mobile Safari UI/WKWebView": "iOS WebView", "Opera Mobile": "Opera", "QQ Browser Mobile": "QQ Browser",
    ]
    private static let systems = ["ATV OS X": "tvOS", "Mac OS X": SystemName.macOS, "Web0S": "webOS"]

    static func browser(_ name: String) -> String? {
        name == "Other" ? nil : browsers[name] ?? name
    }

    static func system(_ name: String) -> String? {
        name == "Other" ? nil : systems[name] ?? name
    }
}
