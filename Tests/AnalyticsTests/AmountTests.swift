import Analytics
import Support
import Testing

struct AmountTests {
    @Test(arguments: [
        ("0", 0), ("-0", 0), ("1", 1_000_000), ("+1", 1_000_000), ("-12.5", -12_500_000), (".5", 500_000),
        ("5.", 5_000_000), ("0.000001", 1), ("0.0000005", 1), ("-0.0000005", -1), ("0.00000049999", 0),
        ("1.2345675", 1_234_568), ("1.2345674999999999999999999", 1_234_567), ("1e3", 1_000_000_000), ("1E-6", 1),
        ("5e-7", 1), ("4e-7", 0), ("0.0001e+4", 1_000_000), ("00012", 12_000_000), ("0e999999999999999999999", 0),
        ("1e-999999999999999999999", 0), ("0.0000000000000000000000000005e28", 5_000_000),
        ("999999999999.999999", Amount.limit), ("-999999999999.9999994", -Amount.limit),
    ])
    func readsNumbers(text: String, millionths: Int) {
        #expect(amount(text)?.millionths == millionths)
    }

    @Test(arguments: [
        "1000000000000", "999999999999.9999995", "-1e12", "1e999999999999999999999", "99999999999999999999", "", "-",
        "+",
        ".", "e", "e5", "1e", "1e+", "1.5.", "--1", "+-1", " 1", "1 ", "1,5", "0x10", "NaN", "Infinity", "1_0", "١",
        "1\0",
    ])
    func refusesOtherTexts(text: String) {
        #expect(amount(text) == nil)
    }

    @Test func readsBackItsDescription() {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<2_000 {
            let millionths =
                Int.random(in: -Amount.limit...Amount.limit, using: &random) >> Int.random(in: 0..<60, using: &random)
            #expect(amount(Amount(millionths: millionths)?.description ?? "")?.millionths == millionths)
        }
    }

    private func amount(_ text: String) -> Amount? { Amount(parsing: text.utf8Span.span) }
}
