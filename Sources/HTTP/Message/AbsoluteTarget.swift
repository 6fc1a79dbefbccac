/// A target that names the server too, as clients send it to a proxy (RFC 9112, section 3.2.2).
struct AbsoluteTarget {
    /// The host, and the port if there is one.
    let authority: String
    /// The path, which may be empty, and what follows it.
    let path: Substring

    init?(_ target: String) {
        guard let scheme = target.firstRange(of: "://"),
            ["http", "https"].contains(target[..<scheme.lowerBound].lowercased())
        else { return nil }
        let rest = target[scheme.upperBound...]
        let end = rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? rest.endIndex
        authority = String(rest[..<end])
        path = rest[end...]
        // Who a user is has no place there (RFC 9110, section 4.2.4), so an @ is none of a host's characters.
        guard !authority.isEmpty, authority.isHost else { return nil }
    }

    /// The target as it is sent to a server.
    var originForm: String { path.first == "/" ? String(path) : "/" + path }
}
