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

    /// The first value, for the rows in which it is sought.
    var sought: String {
        guard let found = Self.operator(in: text[...]) else { return text }
        let value = text[found.upperBound...].prefix { $0 != "," && $0 != "&" }
        return PercentEncoding.decoded(value) ?? String(value)
    }

    /// The filter that leaves one value of a field.
    ///
    /// - Parameters:
    ///   - field: The short name of the field.
    ///   - value: The value.
    /// - Returns: The text of the filter; nil if it would be longer than a filter may be.
    static func text(_ field: String, is value: String) -> String? {
        let text = "\(field)==\(PercentEncoding.escaped(value))"
        return text.count <= longest ? text : nil
    }

    private static func test(_ text: Substring) throws(Invalid) -> String {
        guard let found = self.operator(in: text) else {
            throw Invalid(reason: "'\(text)' is not a field, one of == != =@ !@, and values")
        }
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

    /// The text of this filter with another test, which takes the place of those of its field.
    ///
    /// A part of the pages' paths has no operator and cannot be joined: the test takes its place.
    ///
    /// - Parameter test: The text of the test.
    /// - Returns: The text.
    func joined(with test: String) -> String {
        guard Self.operator(in: text[...]) != nil else { return test }
        let field = test.prefix { !"=!".contains($0) }
        let others = text.split(separator: "&").filter { part in
            Self.operator(in: part).map { part[..<$0.lowerBound] } != field
        }
        return (others + [test[...]]).joined(separator: "&")
    }

    /// The place of the first operator; nil without one.
    private static func `operator`(in text: Substring) -> Range<Substring.Index>? {
        operators.compactMap { text.firstRange(of: $0) }.min { $0.lowerBound < $1.lowerBound }
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
