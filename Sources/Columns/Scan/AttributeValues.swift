import Analytics

/// The values of a dimension in parts: which column has it, of which hit, and what value each entry of the column is.
package struct AttributeValues: Sendable {
    /// The hit whose column counts.
    enum Scope: Sendable {
        case hit
        /// The first hit of the visit; of a hit without a visit the hit itself.
        case visit
        /// The first and last page view of the visit; none without a visit.
        case entry
        case exit
    }

    /// Where the values are.
    enum Source: Sendable {
        case column(Column)
        case properties
        /// The places of the values by visitors.
        case visitors([UInt64: UInt32])
    }

    /// The codes of the lexicon in a column, and the values that they are.
    struct Codes: Sendable {
        /// The codes by the entries of the dictionary of a part.
        let dictionaries: [[UInt32]]
        /// The value of each code; nil if the codes are the values.
        let values: [UInt32]?
    }

    let source: Source
    let scope: Scope
    /// The codes of its column; nil if it has none.
    let codes: Codes?
    /// The value of each entry of the dictionary of a part, by its place in `texts`.
    let tables: [[UInt32]]
    /// The distinct values; the first is no value.
    package let texts: [String?]

    private init(source: Source, scope: Scope, codes: Codes? = nil, tables: [[UInt32]], texts: [String?]) {
        self.source = source
        self.scope = scope
        self.codes = codes
        self.tables = tables
        self.texts = texts
    }

    /// Distributes the codes of a lexicon over their texts.
    ///
    /// - Parameters:
    ///   - column: The column.
    ///   - scope: The hit whose value counts.
    ///   - codes: The texts by code.
    ///   - parts: The parts.
    ///   - areDistinct: True if no two codes have the same text.
    init(_ column: Column, _ scope: Scope, texts codes: [String?], _ parts: [Part], areDistinct: Bool = false) {
        // A text that is missing would be one value with all others that are.
        let dictionaries = parts.map { $0.codes[column.rawValue].dictionary }
        if areDistinct, !codes.dropFirst().contains(nil) {
            let same = Codes(dictionaries: dictionaries, values: nil)
            self.init(source: .column(column), scope: scope, codes: same, tables: dictionaries, texts: codes)
            return
        }
        var values = DistinctTexts()
        let places = codes.map { values.place(of: $0) }
        let tables = dictionaries.map { dictionary in dictionary.map { places[Int($0)] } }
        let own = Codes(dictionaries: dictionaries, values: places)
        self.init(source: .column(column), scope: scope, codes: own, tables: tables, texts: values.texts)
    }

    /// Distributes the properties of parts over the texts of one of them.
    ///
    /// - Parameter properties: The texts in each part, by the place of the properties there.
    init(properties: [[String?]]) {
        var values = DistinctTexts()
        let tables = properties.map { texts in [0] + texts.map { values.place(of: $0) } }
        self.init(source: .properties, scope: .hit, tables: tables, texts: values.texts)
    }

    /// Takes the names of users.
    init(users: [Visitor: String], _ parts: [Part]) {
        var values = DistinctTexts()
        let places = Dictionary(users.map { ($0.key.rawValue, values.place(of: $0.value)) }) { first, _ in first }
        let table = values.texts.indices.map { UInt32($0) }
        self.init(source: .visitors(places), scope: .visit, tables: parts.map { _ in table }, texts: values.texts)
    }

    /// The entry of the dictionary of a source at a row.
    static func entry(_ source: Source, _ row: Int, _ part: Part) -> Int {
        switch source {
        case .column(let column): part[column].places[row]
        case .properties: part.hits.props(of: row)
        // After the runs are the hits without a visitor.
        case .visitors(let places): row < part.runs.count ? Int(places[part.runs.visitors[row]] ?? 0) : 0
        }
    }

    /// The values of another hit's column.
    func of(_ scope: Scope) -> AttributeValues {
        AttributeValues(source: source, scope: scope, codes: codes, tables: tables, texts: texts)
    }
}

extension Timeline {
    /// The values of a dimension other than time and goals.
    ///
    /// - Parameters:
    ///   - dimension: The dimension.
    ///   - pages: The pages that the paths are.
    ///   - properties: The values of properties in each part, by name.
    ///   - users: The names of users by their visitors.
    /// - Returns: The values; nil for time and goals.
    func values(
        of dimension: Dimension,
        pages: PageTexts,
        properties: [String: [[String?]]],
        users: [Visitor: String]
    ) -> AttributeValues? {
        switch dimension {
        case .time, .goal: nil
        case .property(let name): properties[name].map { AttributeValues(properties: $0) }
        case .hit(.name): AttributeValues(.name, .hit, texts: lexicon.names, scanned, areDistinct: true)
        case .hit(.page): pages.values(.hit, scanned)
        case .hit(.hostname): AttributeValues(.host, .hit, texts: lexicon.hosts, scanned, areDistinct: true)
        case .hit(.title): AttributeValues(.title, .hit, texts: lexicon.titles, scanned, areDistinct: true)
        case .visit(let attribute): values(of: attribute, pages, users)
        }
    }

    private func values(
        of attribute: VisitAttribute,
        _ pages: PageTexts,
        _ users: [Visitor: String]
    ) -> AttributeValues {
        switch attribute {
        case .entryPage: pages.values(.entry, scanned)
        case .exitPage: pages.values(.exit, scanned)
        case .entryPageHostname: AttributeValues(.host, .entry, texts: lexicon.hosts, scanned, areDistinct: true)
        case .exitPageHostname: AttributeValues(.host, .exit, texts: lexicon.hosts, scanned, areDistinct: true)
        case .source: origins(\.source)
        case .channel: origins(\.channel)
        case .referrer: origins(\.referrer)
        case .utmSource: origins(\.utmSource)
        case .utmMedium: origins(\.utmMedium)
        case .utmCampaign: origins(\.utmCampaign)
        case .utmContent: origins(\.utmContent)
        case .utmTerm: origins(\.utmTerm)
        case .country: places(\.country)
        case .countryName: places { place in place.country.map { CountryNames.name(of: $0) ?? $0 } }
        case .region, .regionName: places(\.region)
        case .city, .cityName: places(\.city)
        case .user: AttributeValues(users: users, scanned)
        case .browser: agents(\.browser)
        case .browserVersion: agents(\.browserVersion)
        case .os: agents(\.os)
        case .osVersion: agents(\.osVersion)
        case .device: agents(\.device)
        case .screen: agents(\.screen)
        case .language: agents(\.language)
        }
    }

    private func origins(_ text: (Origin) -> String?) -> AttributeValues {
        AttributeValues(.origin, .visit, texts: lexicon.origins.map { $0.flatMap(text) }, scanned)
    }

    private func places(_ text: (Place) -> String?) -> AttributeValues {
        AttributeValues(.place, .visit, texts: lexicon.places.map { $0.flatMap(text) }, scanned)
    }

    private func agents(_ text: (Agent) -> String?) -> AttributeValues {
        AttributeValues(.agent, .visit, texts: lexicon.agents.map { $0.flatMap(text) }, scanned)
    }
}
