/// A brand in the client hint `Sec-CH-UA`.
struct Brand: Hashable {
    /// The brand that Chromium has without a name of its own.
    private static let chromium = "Chromium"
    /// The most brands of a list; browsers send three.
    private static let most = 16
    /// The most bytes of a name.
    private static let bytesOfName = 40
    private static let namesInAgents = [
        "Google Chrome": "Chrome", "Microsoft Edge": "Edge", "YaBrowser": "Yandex Browser",
    ]

    /// The name, as that of a browser which the agent names.
    let name: String
    /// The first two numbers of the version; most often there is only one.
    let version: String?

    /// True if a name in the agent says more.
    var isGeneric: Bool {
        name == Self.chromium || name == "Android WebView"
    }

    /// True if the browser is run by a program.
    var isHeadless: Bool {
        name == "HeadlessChrome"
    }

    /// Finds the brand that tells most: the first one but Chromium.
    static func first(in header: String) -> Brand? {
        let brands = all(in: header)
        return brands.first { $0.name != chromium } ?? brands.first
    }

    private static func all(in header: String) -> [Brand] {
        var scanner = HintScanner(header)
        var brands: [Brand] = []
        for _ in 0..<most where !scanner.isAtEnd {
            let name = scanner.text()
            var version: String?
            while scanner.skip(";") {
                let key = scanner.text()
                let value = scanner.skip("=") ? scanner.text() : ""
                if CleanText.of(key) == "v" { version = VersionNumbers(value).text }
            }
            scanner.skip(past: ",")
            guard let name = CleanText.of(name), isPlausible(name) else { continue }
            brands.append(Brand(name: namesInAgents[name] ?? name, version: version))
        }
        return brands
    }

    /// True for a name that can be one of a browser.
    private static func isPlausible(_ name: String) -> Bool {
        let signs: Set<UInt8> = Set(" .-_+&!'".utf8)
        guard name.utf8.count <= bytesOfName, name.utf8.allSatisfy({ $0.isLetter || $0.isDigit || signs.contains($0) })
        else { return false }
        // Browsers add a brand such as `Not/A)Brand`, so that nobody relies on a fixed list.
        return name.utf8.filter(\.isLetter).map { $0 | 0x20 } != Array("notabrand".utf8)
    }
}

extension UInt8 {
    fileprivate var isLetter: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
    }

    fileprivate var isDigit: Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
    }
}
