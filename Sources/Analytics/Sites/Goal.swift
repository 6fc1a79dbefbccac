/// Something that visitors of a site are wanted to do.
package struct Goal: Hashable, Sendable {
    /// The act that reaches a goal; in patterns `*` stands for any text, also for one with slashes, and a pattern is one of
    /// the whole path.
    package enum Kind: Hashable, Sendable {
        /// An event of exactly this name.
        case event(String)
        /// A page view whose path matches a pattern.
        case page(String)
        /// A report of scrolling on a path that matches a pattern, at least to a depth in per cent.
        case scroll(String, depth: Int)

        /// The name of a goal to which its owner gave none.
        package var name: String {
            switch self {
            case .event(let name): name
            case .page(let pattern): "Visit \(pattern)"
            case .scroll(let pattern, let depth): "Scroll \(depth)% of \(pattern)"
            }
        }
    }

    package let id: GoalID
    package var kind: Kind
    /// The name that the owner of the site gave it.
    package var display: String?
    /// The values of properties that the hit has to have besides.
    package var properties: [String: String]
    /// The currency of its revenue (ISO 4217); nil for a goal without.
    package var currency: String?

    package init(
        id: GoalID,
        _ kind: Kind,
        display: String? = nil,
        properties: [String: String] = [:],
        currency: String? = nil
    ) {
        self.id = id
        self.kind = kind
        self.display = display
        self.properties = properties
        self.currency = currency
    }

    /// The name under which it is shown, and by which filters know it.
    package var name: String { display ?? kind.name }
}

package typealias GoalID = ID<Goal>
