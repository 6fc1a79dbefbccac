import Server

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
