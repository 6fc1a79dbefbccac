/// A filter of the lists of a site, as the address bar of the dashboard has it: `country==DE,FR&page=@blog`.
///
/// Values are separated by commas and filters by `&`; in a value they are `%2C` and `%26`. A text without an operator is
/// a part of the pages' paths.
struct SiteFilter: Equatable, Sendable {
    /// The reason that a text is no filter.
    struct Invalid: Error { let reason: String }

    /// The longest text, in characters.
    static let longest = 200

    private static let operators = ["==", "!=", "=@", "!@"]
    /// The properties of Plausible's Stats API v1 by their short names.
    private static let properties = [
        "page": "event:page", "host": "event:hostname", "event": "event:name", "goal": "event:goal",
        "entry": "visit:entry_page", "exit": "visit:exit_page", "source": "visit:source", "channel": "visit:channel",
        "referrer": "visit:referrer", "campaign": "visit:utm_campaign", "medium": "visit:utm_medium",
        "country": "visit:country", "region": "visit:region", "city": "visit:city", "browser": "visit:browser",
        "os": "visit:os", "device": "visit:device",
    ]
    private static let ownProperty = "prop."

    /// The text as it was written.
    let text: String
    /// The value of the parameter `filters`, not yet percent-encoded.
    let parameter: String
    /// True if the server knows the numbers of visits with it: not with properties of hits, but for their pages.
    let isAboutVisits: Bool

    /// - Parameter text: The text, at most `longest` characters.
    /// - Throws: `Invalid`
    init(_ text: String) throws(Invalid) {
        self.text = text
        guard Self.operators.contains(where: text.contains) else {
            parameter = "event:page==*\(Self.escaped(text))*"
            isAboutVisits = true
            return
        }
        var tests: [String] = []
        for part in text.split(separator: "&") { tests.append(try Self.test(part)) }
        parameter = tests.joined(separator: ";")
        isAboutVisits = tests.allSatisfy { $0.hasPrefix("visit:") || $0.hasPrefix("event:page") }
    }

    private static func test(_ text: Substring) throws(Invalid) -> String {
        let found = operators.compactMap { text.firstRange(of: $0) }.min { $0.lowerBound < $1.lowerBound }
        guard let found else { throw Invalid(reason: "'\(text)' is not a field, one of == != =@ !@, and values") }
        let property = try property(String(text[..<found.lowerBound]))
        let sign = text[found]
        var values: [String] = []
        for part in text[found.upperBound...].split(separator: ",", omittingEmptySubsequences: false) {
            guard let value = PercentEncoding.decoded(part) else {
                throw Invalid(reason: "'\(part)' is no text in percent-encoded UTF-8")
            }
            values.append(sign.hasSuffix("@") ? "*\(escaped(value))*" : escaped(value))
        }
        return property + (sign.hasPrefix("!") ? "!=" : "==") + values.joined(separator: "|")
    }

    private static func property(_ name: String) throws(Invalid) -> String {
        if let property = properties[name] { return property }
        if name.hasPrefix(ownProperty) { return "event:props:" + name.dropFirst(ownProperty.count) }
        guard name.contains(":") else { throw Invalid(reason: "there is no field '\(name)'") }
        return name
    }

    /// A value, whose separators of tests and values are its own.
    private static func escaped(_ value: String) -> String {
        value.replacing("|", with: "\\|").replacing(";", with: "\\;")
    }
}
