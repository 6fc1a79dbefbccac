/// Changes of a site's settings, written as `NAME=VALUE`.
package struct SiteSettingChanges: Sendable {
    /// A text that is no change.
    package struct Invalid: Error, CustomStringConvertible {
        package let description: String
    }

    /// The names and values, for help texts.
    package static let help = """
        open: take hits without a key (true); public: let everybody ask for counts (false); respect: the signals by \
        which a person objects, gpc, both or none (gpc); hash: keep # in paths (false); query: the parameters that \
        belong to a path, with commas; daily_cap: the most hits of a day (10 000 000 without a server key); late_hours: \
        how far back hits without a server key may lie (24); retention_days: the days for which hits and events are kept, \
        if that is shorter than on the server; pages: patterns with commas that join pages in reports, \
        such as /user/*, where * is any text and the first match counts; origins: the \
        origins whose pages may read reports, such as https://example.com, with commas, or * for any if the site is public; \
        exclude: the addresses whose hits are not taken, such as 192.0.2.1 or 2001:db8::/32, with commas
        """

    /// The most parameters of `query`, and the most origins.
    private static let mostParameters = 50
    private static let mostPageRules = 100
    private static let mostOrigins = 50
    private static let mostAddresses = 100

    private var values: [(name: String, json: String)] = []
    /// The settings of a new site with these changes.
    package private(set) var settings = SiteSettings()

    /// Reads changes; an empty value stands for the default.
    package init(_ texts: [String]) throws(Invalid) {
        for text in texts {
            guard let sign = text.firstIndex(of: "=") else {
                throw Invalid(description: "'\(text)' is not NAME=VALUE")
            }
            try add(String(text[..<sign]), String(text[text.index(after: sign)...]))
        }
    }

    /// The changes as a JSON object, in which null stands for the default.
    package var json: String {
        "{" + values.map { "\"\($0.name)\":\($0.json)" }.joined(separator: ",") + "}"
    }

    private mutating func add(_ name: String, _ value: String) throws(Invalid) {
        let json: String
        switch name {
        case "open":
            settings.isOpen = try Self.bool(value, name, SiteSettings().isOpen)
            json = "\(settings.isOpen)"
        case "public":
            settings.isPublic = try Self.bool(value, name, SiteSettings().isPublic)
            json = "\(settings.isPublic)"
        case "hash":
            settings.keepsFragment = try Self.bool(value, name, SiteSettings().keepsFragment)
            json = "\(settings.keepsFragment)"
        case "respect":
            guard let signals = value.isEmpty ? SiteSettings().respect : SiteSettings.Signals(rawValue: value) else {
                throw Invalid(description: "respect is not gpc, both or none: '\(value)'")
            }
            settings.respect = signals
            json = "\"\(signals.rawValue)\""
        case "query":
            settings.queryParameters = try Self.parameters(value)
            json = settings.queryParameters.json
        case "daily_cap":
            settings.dailyCap = value.isEmpty ? nil : try Self.number(value, name, in: 0...1_000_000_000_000)
            json = settings.dailyCap.map { "\($0)" } ?? "null"
        case "late_hours":
            settings.lateHours =
                value.isEmpty ? SiteSettings().lateHours : try Self.number(value, name, in: 0...876_000)
            json = "\(settings.lateHours)"
        case "retention_days":
            settings.retentionDays = value.isEmpty ? nil : try Self.number(value, name, in: SiteSettings.retentions)
            json = settings.retentionDays.map { "\($0)" } ?? "null"
        case "origins":
            settings.origins = try Self.origins(value)
            json = settings.origins.map(\.text).json
        case "pages":
            settings.pageRules = try Self.pageRules(value)
            json = settings.pageRules.json
        case "exclude":
            settings.excludedAddresses = try Self.addresses(value)
            json = settings.excludedAddresses.json
        default: throw Self.unknown(name)
        }
        values.append((name, value.isEmpty ? "null" : json))
    }

    private static func unknown(_ name: String) -> Invalid {
        Invalid(
            description: "there is no setting '\(name)': "
                + "there are open, public, respect, hash, query, daily_cap, late_hours, retention_days, pages, origins and exclude"
        )
    }

    private static func bool(_ text: String, _ name: String, _ standard: Bool) throws(Invalid) -> Bool {
        switch text {
        case "": return standard
        case "true": return true
        case "false": return false
        default: throw Invalid(description: "\(name) is not true or false: '\(text)'")
        }
    }

    private static func number(_ text: String, _ name: String, in range: ClosedRange<Int>) throws(Invalid) -> Int {
        guard let number = Int(text), range.contains(number) else {
            throw Invalid(
                description: "\(name) is not a whole number from \(range.lowerBound) to \(range.upperBound): '\(text)'"
            )
        }
        return number
    }

    private static func parameters(_ text: String) throws(Invalid) -> [String] {
        let names = text.split(separator: ",").map(String.init)
        let areNames = names.allSatisfy { name in
            name.utf8.count <= 100 && name.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }
        }
        guard names.count <= mostParameters, areNames else {
            throw Invalid(description: "query is not a list of up to \(mostParameters) names of parameters: '\(text)'")
        }
        return names
    }

    private static func pageRules(_ text: String) throws(Invalid) -> [String] {
        let patterns = text.split(separator: ",").map(String.init)
        guard patterns.count <= mostPageRules else {
            throw Invalid(description: "pages has more than \(mostPageRules) patterns")
        }
        if let pattern = patterns.first(where: { !$0.isPathPattern }) {
            throw Invalid(description: "'\(pattern)' of pages is not \(String.formOfPathPatterns)")
        }
        return patterns
    }

    /// Addresses by their characters; whoever reads them knows their form.
    private static func addresses(_ text: String) throws(Invalid) -> [String] {
        let addresses = text.split(separator: ",").map(String.init)
        let areAddresses = addresses.allSatisfy { address in
            address.utf8.count <= 50 && address.allSatisfy { $0.isHexDigit || ".:/".contains($0) }
        }
        guard addresses.count <= mostAddresses, areAddresses else {
            throw Invalid(
                description: "exclude is not a list of up to \(mostAddresses) addresses or blocks such as 192.0.2.1 or "
                    + "2001:db8::/32: '\(text)'"
            )
        }
        return addresses
    }

    private static func origins(_ text: String) throws(Invalid) -> [ReaderOrigin] {
        var origins: [ReaderOrigin] = []
        for part in text.split(separator: ",") {
            guard let origin = ReaderOrigin(String(part)), origins.count < mostOrigins else {
                throw Invalid(
                    description: "origins is not a list of up to \(mostOrigins) origins such as https://example.com, "
                        + "in lower case and without a path, or *: '\(text)'"
                )
            }
            origins.append(origin)
        }
        return origins
    }
}

extension SiteSettings {
    /// All settings with their values, as they are written in changes.
    package var texts: [(name: String, value: String)] {
        [
            ("open", "\(isOpen)"), ("public", "\(isPublic)"), ("respect", respect.rawValue),
            ("hash", "\(keepsFragment)"), ("query", queryParameters.joined(separator: ",")),
            ("daily_cap", dailyCap.map { "\($0)" } ?? "\(Self.defaultDailyCap) without a server key"),
            ("late_hours", "\(lateHours)"), ("retention_days", retentionDays.map { "\($0)" } ?? "as the server"),
            ("pages", pageRules.joined(separator: ",")),
            ("origins", origins.map(\.text).joined(separator: ",")),
            ("exclude", excludedAddresses.joined(separator: ",")),
        ]
    }

    /// The settings as a JSON object.
    package var json: String {
        let cap = dailyCap.map { "\($0)" } ?? "null"
        let days = retentionDays.map { "\($0)" } ?? "null"
        return "{\"open\":\(isOpen),\"public\":\(isPublic),\"respect\":\"\(respect.rawValue)\","
            + "\"hash\":\(keepsFragment),\"query\":\(queryParameters.json),\"daily_cap\":\(cap),"
            + "\"late_hours\":\(lateHours),\"retention_days\":\(days),\"pages\":\(pageRules.json),"
            + "\"origins\":\(origins.map(\.text).json),\"exclude\":\(excludedAddresses.json)}"
    }
}

extension [String] {
    /// The texts, which have no control characters, as a JSON array.
    fileprivate var json: String {
        let texts = map { "\"" + $0.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\"" }
        return "[" + texts.joined(separator: ",") + "]"
    }
}
