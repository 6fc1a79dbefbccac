import HTTP

/// The path of a route that an operator chooses, such as `/js/app.js`.
///
/// It has up to 100 letters, digits and `.`, `_`, `-`, `/`, no empty segment and no dots alone, and is not below a path
/// of the other routes.
package struct RoutePath: Sendable, Hashable {
    package let text: String

    /// The first segments of the server's own paths.
    private static let own = [
        "analytics", "api", "healthz", "readyz", "metrics", "openapi.json", "pixel.gif",
        "setup", "login", "logout", "sites", "s", "account", "organisations", "invite", "reset", "admin", "a", "dev",
        "share",
        "robots.txt", "favicon.ico",
    ]

    /// Parses a path; returns nil for another text.
    package init?(_ text: String) {
        let segments = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        guard text.first == "/", text.utf8.count <= 100, let first = segments.first, !Self.own.contains(String(first)),
            segments.allSatisfy(Self.isSegment)
        else { return nil }
        self.text = text
    }

    private init(known text: String) { self.text = text }

    package static let tracker = RoutePath(known: "/t.js")
    package static let events = RoutePath(known: "/api/v1/events")

    private static func isSegment(_ segment: Substring) -> Bool {
        segment.contains { $0 != "." }
            && segment.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
    }

    /// The path of the module beside a script.
    var module: String { stem + ".mjs" }

    /// The template of the paths of a script's versions.
    var version: String { stem + ".{hash}.js" }

    /// The path beside this one with another last segment.
    func beside(_ name: String) -> RoutePath {
        RoutePath(known: text.prefix(through: text.lastIndex(of: "/") ?? text.startIndex) + name)
    }

    /// True if a path to send to is one of those of a script at this path.
    package func collides(with endpoint: RoutePath) -> Bool {
        let versions = PathTemplate(version)
        return [endpoint.text, endpoint.beside("identify").text].contains { other in
            other == text || other == module || versions.matches(other)
        }
    }

    private var stem: Substring { text.hasSuffix(".js") ? text.dropLast(3) : text[...] }
}
