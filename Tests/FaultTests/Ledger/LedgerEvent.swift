/// An event of which everything follows from its number.
struct LedgerEvent: Equatable {
    let user: String
    /// In seconds since 1970.
    let time: Int
    /// As it is stored.
    let kind: Int

    /// - Parameters:
    ///   - number: Unique in the ledger.
    ///   - ledger: Gives the events their names and their times.
    init(_ number: Int, of ledger: Ledger) {
        user = "\(ledger.seed)-\(number)"
        // Most lie in the live hours; some come late.
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
