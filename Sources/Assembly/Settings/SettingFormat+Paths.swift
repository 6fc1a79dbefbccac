import HTTP
import Server
import SystemPackage
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

extension SettingFormat where Value == FilePath? {
    /// The path of a Unix socket; nil for none.
    static var socketPath: Self {
        SettingFormat(
            values: "",
            refusing: { text throws(Setting.Refusal) in
                guard !text.isEmpty else { return nil }
                let path = FilePath.absolute(text)
                guard path.string.utf8.count <= UnixSocket.longestPath else {
                    throw Setting.Refusal(problem: "is longer than \(UnixSocket.longestPath) bytes")
                }
                return path
            },
            print: { $0?.string ?? "" }
        )
    }
}

extension SettingFormat where Value == FilePermissions {
    /// The permissions of owner, group and others, as octal digits.
    static var permissions: Self {
        SettingFormat(
            values: "three octal digits, such as 660",
            read: { text in
                guard text.utf8.count == 3, text.allSatisfy({ "0"..."7" ~= $0 }), let mode = CModeT(text, radix: 8)
                else { return nil }
                return FilePermissions(rawValue: mode)
            },
            print: { permissions in
                let digits = String(permissions.rawValue, radix: 8)
                return String(repeating: "0", count: max(0, 3 - digits.utf8.count)) + digits
            }
        )
    }
}
