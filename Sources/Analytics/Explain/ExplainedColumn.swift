/// An attribute of hits that a query groups or filters by, as a column of SQL.
struct ExplainedColumn: Hashable {
    let dimension: Dimension
    let name: String
    /// The value of a hit `hit`, with its visit `visit` where `isOfVisits`.
    let expression: String
    let isOfVisits: Bool

    /// - Parameters:
    ///   - dimension: A dimension other than time.
    ///   - pageRules: The patterns that join pages.
    /// - Throws: `Unexplained`
    init(_ dimension: Dimension, pageRules: [String]) throws(Unexplained) {
        self.dimension = dimension
        switch dimension {
        case .hit(let attribute):
            name = attribute.rawValue
            expression = Self.expression(of: attribute, pageRules)
            isOfVisits = false
        case .visit(let attribute):
            name = attribute.rawValue
            expression = try Self.expression(of: attribute, pageRules)
            isOfVisits = true
        case .property, .goal, .time: throw Unexplained(reason: "there is no SQL for \(dimension.name)")
        }
    }

    /// The value, where none is the text that stands for it.
    var shown: String {
        dimension == .hit(.name) ? name : "coalesce(\(name), \(dimension.blank.sqlLiteral))"
    }

    private static func expression(of attribute: HitAttribute, _ pageRules: [String]) -> String {
        switch attribute {
        case .name: "hit.name"
        case .page: page("hit.path", pageRules)
        case .hostname: "hit.host"
        case .title: "hit.title"
        }
    }

    private static func expression(
        of attribute: VisitAttribute,
        _ pageRules: [String]
    ) throws(Unexplained) -> String {
        switch attribute {
        case .entryPage: return page("visit.entry_page", pageRules)
        case .exitPage: return page("visit.exit_page", pageRules)
        case .entryPageHostname: return "visit.entry_host"
        case .exitPageHostname: return "visit.exit_host"
        case .user, .countryName: throw Unexplained(reason: "there is no SQL for visit:\(attribute.rawValue)")
        case .regionName: return inherited("region")
        case .cityName: return inherited("city")
        default: return inherited(attribute.rawValue)
        }
    }

    private static func inherited(_ column: String) -> String {
        "CASE WHEN hit.visitor IS NULL THEN hit.\(column) ELSE visit.\(column) END"
    }

    /// A path, or the first pattern that it matches.
    static func page(_ path: String, _ rules: [String]) -> String {
        guard !rules.isEmpty else { return path }
        let cases = rules.map { "WHEN \(path) LIKE \($0.likePattern.sqlLiteral) THEN \($0.sqlLiteral)" }
        return "CASE \(cases.joined(separator: " ")) ELSE \(path) END"
    }
}
