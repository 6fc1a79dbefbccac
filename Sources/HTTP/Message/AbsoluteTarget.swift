/// A target in absolute form, as clients send it to a proxy (RFC 9112, section 3.2.2).
struct AbsoluteTarget {
    /// The host, and the port if there is one.
    let authority: String
    /// The path, which may be empty, and the query.
    let path: Substring

    init?(_ target: String) {
        guard let scheme = target.firstRange(of: "://"),
            ["http", "https"].contains(target[..<scheme.lowerBound].lowercased())
        else { return nil }
        let rest = target[scheme.upperBound...]
        let end = rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? rest.endIndex
        authority = String(rest[..<end])
        path = rest[end...]
        // User information is not allowed (RFC 9110, section 4.2.4): `isHost` is false for a text with an @.
        guard !authority.isEmpty, authority.isHost else { return nil }
    }

    /// The target in origin form, as clients send it to a server.
    var originForm: String { path.first == "/" ? String(path) : "/" + path }
}
