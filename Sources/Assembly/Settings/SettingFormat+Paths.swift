import Server
import Web

extension SettingFormat where Value == RoutePath {
    /// The path of a route, the default or one that the server has no other use for.
    static func routePath(_ standard: RoutePath) -> Self {
        SettingFormat(
            kind: "a path of ",
            values: "letters, digits and ._-/, such as /js/app.js, that the server has no other use for",
            read: { text in text == standard.text ? standard : RoutePath(text) },
            print: \.text
        )
    }
}

extension SettingFormat where Value == ServerAddress? {
    /// An address of http or https; nil for none.
    static var address: Self {
        SettingFormat(
            kind: "an address of http or https, such as ",
            values: "https://stats.example.org or https://example.org/stats",
            read: { text in text.isEmpty ? .some(nil) : ServerAddress(text).map(Optional.some) },
            print: { $0?.text ?? "" }
        )
    }
}
