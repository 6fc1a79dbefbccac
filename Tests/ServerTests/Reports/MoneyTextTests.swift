import Analytics
import HTTP
import Testing

@testable import Server

/// The texts of amounts of money.
struct MoneyTextTests {
    @Test(arguments: [
        ("EUR", 12_300_000, "12.3", "€12.3", "€12.30"),
        ("USD", 1_234_500_000, "1234.5", "$1.2K", "$1,234.50"),
        ("USD", 0, "0", "$0.0", "$0.00"),
        ("EUR", -1_999_000_000, "-1999", "-€2.0K", "-€1,999.00"),
        ("JPY", 1_500_500_000, "1500.5", "¥1.5K", "¥1,500"),
        ("KWD", 1_234_500, "1.234", "KWD\u{A0}1.2", "KWD\u{A0}1.234"),
        ("CHF", 9_876_543_210_000_000, "9876543210", "CHF\u{A0}9.9B", "CHF\u{A0}9,876,543,210.00"),
        ("EUR", 999_999_999_999_999_999, "1000000000000", "€1000.0B", "€1,000,000,000,000.00"),
        ("EUR", -1, "0", "-€0.0", "-€0.00"),
    ])
    func areThoseOfTheCurrency(currency: String, millionths: Int, value: String, short: String, long: String) {
        let money = Money(currency, millionths: Int128(millionths))
        let expected = #"{"value":\#(value),"currency":"\#(currency)","short":"\#(short)","long":"\#(long)"}"#
        #expect(money.json.description == expected)
    }

    @Test func aSumIsBeyondTheGreatestAmount() {
        let money = Money("EUR", millionths: Int128(Int.max) * 1000)
        #expect(money.plainJSON.description == #"{"value":9223372036854775.807,"currency":"EUR"}"#)
    }
}
