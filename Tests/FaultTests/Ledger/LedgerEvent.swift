/// An event whose fields follow from its number, and its site from the ledger.
struct LedgerEvent: Equatable {
    let user: String
    /// The time in seconds since 1970.
    var time: Int
    /// The kind as the number that is stored.
    let kind: Int
    var site: LedgerSite

    /// - Parameters:
    ///   - number: Unique in the ledger.
    ///   - ledger: The ledger, which determines user names and times.
    init(_ number: Int, of ledger: Ledger) {
        user = "\(ledger.seed)-\(number)"
        // Most are in the live hours, one in sixteen is late.
        time = ledger.base - number % 900 - (number % 16 == 0 ? 4 * 3_600 : 0)
        kind = 1 + number % 2
        site = ledger.site(of: number)
    }

    init(user: String, time: Int, kind: Int, site: LedgerSite) {
        self.user = user
        self.time = time
        self.kind = kind
        self.site = site
    }

    /// The target of a request with this event alone.
    var target: String { "/analytics" + site.query("timestamp=\(time)&user=\(user)&event=\(kindName)") }

    var kindName: String { kind == 1 ? "click" : "impression" }
}
