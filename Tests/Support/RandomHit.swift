/// The fields of a hit as a sender may write them, in any format: valid ones, and some that are not.
package struct RandomHit: Sendable {
    package enum Value: Sendable {
        case text(String)
        /// A number, which JSON may have without quotes.
        case number(String)
        case flag(Bool)

        package var text: String {
            switch self {
            case .text(let text), .number(let text): text
            case .flag(let flag): String(flag)
            }
        }

        package var json: String {
            if case .text(let text) = self { text.jsonString } else { text }
        }
    }

    /// The fields but for the properties, by their keys.
    package var fields: [(key: String, value: Value)] = []
    /// The properties, each a text.
    package var properties: [(name: String, value: String)] = []

    package init(using random: inout SeededGenerator) {
        for (key, samples) in Self.samples where Int.random(in: 0..<3, using: &random) == 0 {
            let sample = samples.randomElement(using: &random) ?? .text("")
            fields.append((key, Int.random(in: 0..<8, using: &random) == 0 ? .text(random.wildText(1...40)) : sample))
        }
        for _ in 0..<Int.random(in: 0...(Bool.random(using: &random) ? 3 : 35), using: &random) {
            properties.append((random.wildText(1...20), random.wildText(1...60)))
        }
        fields.shuffle(using: &random)
    }

    /// The hit as a JSON object.
    package var json: String {
        var members = fields.map { "\($0.key.jsonString):\($0.value.json)" }
        if !properties.isEmpty {
            members.append(
                #""props":{\#(properties.map { "\($0.name.jsonString):\($0.value.jsonString)" }.joined(separator: ","))}"#
            )
        }
        return "{" + members.joined(separator: ",") + "}"
    }

    /// The hit as a CSV text with a header line.
    package var csv: String {
        let cells = fields.map { ($0.key, $0.value.text) } + properties.map { ("props." + $0.name, $0.value) }
        return cells.map { $0.0.csvCell }.joined(separator: ",") + "\n"
            + cells.map { $0.1.csvCell }.joined(separator: ",")
    }

    private static let samples: [(String, [Value])] = [
        ("site", ["example.com", "Example.com", "a/b"].map(Value.text)),
        ("key", ["hgw_abc", "é", String(repeating: "k", count: 70)].map(Value.text)),
        ("name", ["pageview", "engagement", "engagement", "click", "impression", "Sign up"].map(Value.text)),
        (
            "url",
            [
                "https://user@Example.com:8080/a%20b?utm_source=x&q=%ff#top", "/a?b", "about:blank",
                "http://münchen.de", "/?ref=%C3%A9+%F0%9F%98%80&utm_term=a%00%ff&utm_campaign=e%CC%81&gclid=1",
            ].map(Value.text) + [.text("https://example.com/" + String(repeating: "%C3%A9", count: 400))]
        ),
        ("title", ["A title", String(repeating: "é\u{301}", count: 300)].map(Value.text) + [.number("404")]),
        (
            "referrer",
            ["https://www.google.com/", "javascript:alert(1)", "https://example.com/", "https://[::2]/%ff"].map(
                Value.text
            )
        ),
        ("user", ["ann", String(repeating: "u", count: 257)].map(Value.text) + [.number("17")]),
        ("visitor", ["v-1", "v 1", "vé"].map(Value.text) + [.number("-1.5e3")]),
        (
            "timestamp",
            ["2026-01-05T10:00:00Z", "2026-01-05", "1767607200"].map(Value.text) + [.number("1767607200123")]
        ),
        ("age", [.number("0"), .number("86400001"), .number("1.5"), .text("5000")]),
        ("id", [.text("id-1"), .text("id 1"), .number("12")]),
        ("value", [.number("12.5"), .text("-1e-7"), .text("1,5"), .number("1e12")]),
        ("currency", ["EUR", "usd", "€", "EURO"].map(Value.text)),
        ("screen", ["1920x1080", "x", "100000x1"].map(Value.text)),
        ("viewport", ["0x0", "1920x", "12"].map(Value.text)),
        ("language", ["en_us", "zh-hant-tw", "de-x-private", "c"].map(Value.text)),
        ("timezone", ["Europe/Berlin", "Etc/GMT+5", "a b", "/x"].map(Value.text)),
        ("interactive", [.flag(true), .flag(false), .number("0"), .text("false"), .text("no")]),
        ("scroll", [.number("0"), .number("100"), .number("101"), .text("50")]),
        ("engaged", [.number("1500"), .number("99999999999999999999"), .number("-1")]),
        ("gpc", [.flag(true), .flag(false)]),
        ("ip", ["192.0.2.1", "2001:db8::1", "no address"].map(Value.text)),
        ("user_agent", ["Mozilla/5.0", String(repeating: "ü", count: 300)].map(Value.text)),
        ("country", ["de", "DEU", "49"].map(Value.text)),
        ("city", ["Zürich", String(repeating: "ü", count: 150)].map(Value.text)),
        ("browser_version", [.number("142"), .text("142.0")]),
        ("source", ["Google", "a\0b"].map(Value.text)),
        ("unknown", [.text("x"), .flag(true)]),
    ]
}

extension SeededGenerator {
    /// A text with many characters that formats and databases treat in their own ways.
    package mutating func wildText(_ length: ClosedRange<Int>) -> String {
        let scalars = Array(
            "ab09\"\\/,;\n\r\t\0\u{1}\u{7F}\u{85} %+&=#{}[]é\u{301}\u{200D}👩🇩🇪😀\u{FEFF}\u{FFFF}".unicodeScalars
        )
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: length, using: &self) {
            text.append(scalars[Int.random(in: 0..<scalars.count, using: &self)])
        }
        return String(text)
    }
}

extension String {
    /// The text as a JSON string.
    package var jsonString: String {
        var written = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"", "\\": written += "\\\(scalar)"
            case ..<" ": written += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: written.unicodeScalars.append(scalar)
            }
        }
        return written + "\""
    }

    /// The text as a quoted cell of CSV.
    fileprivate var csvCell: String {
        var written = "\""
        for scalar in unicodeScalars {
            written.unicodeScalars.append(scalar)
            if scalar == "\"" { written.unicodeScalars.append(scalar) }
        }
        return written + "\""
    }
}
