import Analytics
import HTTP

extension Money {
    /// The amount as reports of revenue have it: the number with up to three decimals, the currency, and texts to show.
    var json: JSON {
        .object([
            "value": .raw(number(decimals: 3)), "currency": .text(currency), "short": .text(short), "long": .text(long),
        ])
    }

    /// The number and the currency; the currency is null if none was told.
    var plainJSON: JSON {
        .object(["value": .raw(number(decimals: 6)), "currency": currency.isEmpty ? .raw("null") : .text(currency)])
    }

    /// The number without zeros at the end.
    func number(decimals: Int) -> String {
        var text = fixed(decimals: decimals)
        guard decimals > 0 else { return text }
        while text.last == "0" { text.removeLast() }
        if text.last == "." { text.removeLast() }
        return text
    }

    /// The amount in thousands, millions or more, with one decimal, such as `€1.4M`.
    private var short: String {
        var (scale, suffix): (Int128, String) = (1, "")
        for (next, letter) in [(1000, "K"), (1_000_000, "M"), (1_000_000_000, "B")] as [(Int128, String)]
        where millionths.magnitude >= UInt128(next * 1_000_000) {
            (scale, suffix) = (next, letter)
        }
        return sign + Self.fixed(millionths.magnitude, dividedBy: UInt128(scale), decimals: 1) + suffix
    }

    /// The amount with the decimals of its currency and with commas between thousands, such as `€1,234.50`.
    private var long: String {
        let decimals = Self.decimals[currency] ?? 2
        let parts = Self.fixed(millionths.magnitude, dividedBy: 1, decimals: decimals).split(separator: ".")
        let digits = Array(parts[0])
        let whole = digits.enumerated().map { place, digit in
            place > 0 && (digits.count - place).isMultiple(of: 3) ? ",\(digit)" : "\(digit)"
        }.joined()
        return sign + ([whole] + parts.dropFirst().map(String.init)).joined(separator: ".")
    }

    private var sign: String { (millionths < 0 ? "-" : "") + (Self.symbols[currency] ?? "\(currency)\u{A0}") }

    private func fixed(decimals: Int) -> String {
        let text = Self.fixed(millionths.magnitude, dividedBy: 1, decimals: decimals)
        let isZero = text.allSatisfy { $0 == "0" || $0 == "." }
        return (millionths < 0 && !isZero ? "-" : "") + text
    }

    /// A number of millionths that is divided, with decimals; halves are rounded to the even neighbour.
    private static func fixed(_ millionths: UInt128, dividedBy divisor: UInt128, decimals: Int) -> String {
        let unit = UInt128([1_000_000, 100_000, 10_000, 1000, 100, 10, 1][decimals]) * divisor
        var (number, rest) = millionths.quotientAndRemainder(dividingBy: unit)
        if rest * 2 > unit || (rest * 2 == unit && number % 2 == 1) { number += 1 }
        guard decimals > 0 else { return "\(number)" }
        let digits = String(number)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        return "\(padded.dropLast(decimals)).\(padded.suffix(decimals))"
    }

    private static let symbols = [
        "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "CNY": "CN¥", "INR": "₹", "KRW": "₩", "ILS": "₪", "BRL": "R$",
        "CAD": "CA$", "AUD": "A$", "MXN": "MX$", "NZD": "NZ$", "HKD": "HK$", "TWD": "NT$", "VND": "₫", "PHP": "₱",
    ]

    /// The decimals of currencies that have not two (ISO 4217).
    private static let decimals = [
        "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0, "UGX": 0,
        "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0, "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3,
        "TND": 3,
    ]
}
