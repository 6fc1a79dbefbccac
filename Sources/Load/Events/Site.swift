/// A site that events are sent to.
struct Site: Equatable, Sendable {
    /// The site of requests that name none.
    static let standard = Site(name: nil)

    /// 1 to 100 characters of `a-z0-9._/-`, all of which a query may hold as they are.
    let name: String?

    private init(name: String?) {
        self.name = name
    }

    init(parsing name: String) throws(LoadError) {
        guard 1...100 ~= name.utf8.count, name.utf8.allSatisfy(Self.isAllowed) else {
            throw .invalid(
                option: "site",
                reason: "must have 1 to 100 characters of a-z, 0-9 and . _ / -, not '\(name)'"
            )
        }
        self.name = name
    }

    /// The beginning of a request's query, before `timestamp`.
    var query: String {
        name.map { "?site=\($0)&" } ?? "?"
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "/"), UInt8(ascii: "-"): true
        default: false
        }
    }
}
