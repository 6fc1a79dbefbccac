/// A goal as commands and requests describe it, before it has an id.
package struct GoalInput: Hashable, Sendable {
    /// A part of the description; the raw value is its name.
    package enum Field: String, Sendable { case event, page, scroll, display, properties, currency }

    /// The refusal of a description.
    package struct Invalid: Error, Hashable {
        package let field: Field
        package let reason: String

        init(_ field: Field, _ reason: String) {
            self.field = field
            self.reason = reason
        }
    }

    /// The most characters (Unicode scalars) of a name of an event or a goal.
    private static let longestName = 120
    private static let mostProperties = 10
    /// The most characters (Unicode scalars) of properties, as hits have them.
    private static let longestProperty = (name: 300, value: 2_000)

    package let kind: Goal.Kind
    package let display: String?
    package let properties: [String: String]
    package let currency: String?

    /// - Parameters:
    ///   - event: The name of an event.
    ///   - page: A pattern of paths; given instead of an event.
    ///   - scroll: The least depth of scrolling in per cent; nil for a view of the page.
    ///   - display: The name under which the goal is shown.
    ///   - properties: The values of properties that the hit has to have besides.
    ///   - currency: The currency of its revenue (ISO 4217).
    /// - Throws: `Invalid`
    package init(
        event: String? = nil,
        page: String? = nil,
        scroll: Int? = nil,
        display: String? = nil,
        properties: [String: String] = [:],
        currency: String? = nil
    ) throws(Invalid) {
        kind = try Self.kind(event, page, scroll)
        if let display, !Self.isName(display) {
            throw Invalid(.display, "not 1 to \(Self.longestName) characters without control characters")
        }
        guard properties.count <= Self.mostProperties, properties.allSatisfy(Self.isProperty) else {
            throw Invalid(
                .properties,
                "not up to \(Self.mostProperties) names of 1 to \(Self.longestProperty.name) characters with values "
                    + "of up to \(Self.longestProperty.value)"
            )
        }
        let isCode = currency.map { $0.utf8.count == 3 && $0.utf8.allSatisfy { 0x41...0x5A ~= $0 } } ?? true
        guard isCode else { throw Invalid(.currency, "not a code of three capital letters such as EUR") }
        self.display = display
        self.properties = properties
        self.currency = currency
    }

    /// The name under which the goal will be shown.
    package var name: String { display ?? kind.name }

    /// The goal with its id.
    package func goal(_ id: GoalID) -> Goal {
        Goal(id: id, kind, display: display, properties: properties, currency: currency)
    }

    private static func kind(_ event: String?, _ page: String?, _ scroll: Int?) throws(Invalid) -> Goal.Kind {
        guard let page else {
            guard let event else { throw Invalid(.event, "missing: a goal is an event or a page") }
            guard scroll == nil else { throw Invalid(.scroll, "given without a page") }
            guard isName(event) else {
                throw Invalid(.event, "not 1 to \(longestName) characters without control characters")
            }
            guard event != "engagement" else {
                throw Invalid(.event, "engagement is reported by pages themselves: a goal may have a page and scroll")
            }
            return .event(event)
        }
        guard event == nil else { throw Invalid(.page, "given beside event") }
        guard page.isPathPattern else { throw Invalid(.page, "not \(String.formOfPathPatterns)") }
        guard let scroll else { return .page(page) }
        guard 1...100 ~= scroll else { throw Invalid(.scroll, "not a whole number from 1 to 100") }
        return .scroll(page, depth: scroll)
    }

    private static func isName(_ text: String) -> Bool {
        1...longestName ~= text.unicodeScalars.count && !text.hasControlCharacters
    }

    private static func isProperty(_ name: String, _ value: String) -> Bool {
        1...longestProperty.name ~= name.unicodeScalars.count && !name.hasControlCharacters
            && value.unicodeScalars.count <= longestProperty.value && !value.utf8.contains(0)
    }
}
