/// A connection URL without what must not be seen: the password, and parameters that may hold one.
func redacted(url: String) -> String {
    guard !url.isEmpty else { return "" }
    guard let scheme = url.firstRange(of: "://") else {
        let names = url.split(separator: " ").filter { word in
            ["host=", "port=", "dbname=", "user="].contains { word.hasPrefix($0) }
        }
        return (names.map(String.init) + ["…"]).joined(separator: " ")
    }
    let rest = url[scheme.upperBound...].prefix { $0 != "?" }
    // An unencoded @ may be part of the password, so the last one counts.
    guard let at = rest.lastIndex(of: "@") else { return "\(url[..<scheme.upperBound])\(rest)" }
    let user = rest[..<at].prefix { $0 != ":" }
    let secret = user.endIndex == at ? "" : ":***"
    return "\(url[..<scheme.upperBound])\(user)\(secret)\(rest[at...])"
}
