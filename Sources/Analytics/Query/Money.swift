/// An amount of a currency, as sums and means have it.
package struct Money: Hashable, Sendable {
    /// The currency (ISO 4217); empty if none was told.
    package let currency: String
    package let millionths: Int128

    package init(_ currency: String, millionths: Int128) {
        self.currency = currency
        self.millionths = millionths
    }
}
