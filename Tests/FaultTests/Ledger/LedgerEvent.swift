/// An event whose fields follow from its number.
struct LedgerEvent: Equatable {
    let user: String
    /// The time in seconds since 1970.
    let time: Int
    /// The kind as the number that is stored.
    let kind: Int

    /// - Parameters:
    ///   - number: Unique in the ledger.
    ///   - ledger: The ledger, which determines user names and times.
    init(_ number: Int, of ledger: Ledger) {
        user = "\(ledger.seed)-\(number)"
        // Most are in the live hours, one in sixteen is late.
        time = ledger.base - number % 900 - (number % 16 == 0 ? 4 * 3_600 : 0)
        kind = 1 + number % 2
    }

    init(user: String, time: Int, kind: Int) {
        self.user = user
        self.time = time
        self.kind = kind
    }

    var kindName: String { kind == 1 ? "click" : "impression" }
}
