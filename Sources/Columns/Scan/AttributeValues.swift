import Analytics

/// The values of a dimension in a part: which column has it, of which hit, and what value each code of the column is.
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

    let column: HitColumn
    let scope: Scope
    /// The value of each code, by its place in `texts`.
    let values: [UInt32]
    /// The distinct values; the first is no value.
    package let texts: [String?]

    init(column: HitColumn, scope: Scope, values: [UInt32], texts: [String?]) {
        self.column = column
        self.scope = scope
        self.values = values
        self.texts = texts
    }

    /// Distributes the codes of a column over their texts.
    init(_ column: HitColumn, _ scope: Scope, texts codes: [String?]) {
        self.column = column
        self.scope = scope
        var texts: [String?] = [nil]
        var places: [[UInt8]: UInt32] = [:]
        values = codes.map { text in
            guard let text else { return 0 }
            // By bytes: texts that are canonically equivalent are different values.
            let bytes = Array(text.utf8)
            if let known = places[bytes] { return known }
            let place = UInt32(texts.count)
            places[bytes] = place
            texts.append(text)
            return place
        }
        self.texts = texts
    }
}

extension Part {
    /// The values of a dimension other than time and goals.
    ///
    /// - Parameters:
    ///   - dimension: The dimension.
    ///   - pages: The pages that the paths are.
    ///   - properties: The values of properties, by name.
    /// - Returns: The values; nil for time and goals.
    func values(
        of dimension: Dimension,
        pages: [String?],
        properties: [String: [String?]]
    ) -> AttributeValues? {
        switch dimension {
        case .time, .goal: nil
        case .property(let name): properties[name].map { AttributeValues(.props, .hit, texts: $0) }
        case .hit(.name): AttributeValues(.name, .hit, texts: lexicon.names)
        case .hit(.page): AttributeValues(.path, .hit, texts: pages)
        case .hit(.hostname): AttributeValues(.host, .hit, texts: lexicon.hosts)
        case .hit(.title): AttributeValues(.title, .hit, texts: lexicon.titles)
        case .visit(let attribute): values(of: attribute, pages)
        }
    }

    private func values(of attribute: VisitAttribute, _ pages: [String?]) -> AttributeValues {
        switch attribute {
        case .entryPage: AttributeValues(.path, .entry, texts: pages)
        case .exitPage: AttributeValues(.path, .exit, texts: pages)
        case .entryPageHostname: AttributeValues(.host, .entry, texts: lexicon.hosts)
        case .exitPageHostname: AttributeValues(.host, .exit, texts: lexicon.hosts)
        case .source: origins(\.source)
        case .channel: origins(\.channel)
        case .referrer: origins(\.referrer)
        case .utmSource: origins(\.utmSource)
        case .utmMedium: origins(\.utmMedium)
        case .utmCampaign: origins(\.utmCampaign)
        case .utmContent: origins(\.utmContent)
        case .utmTerm: origins(\.utmTerm)
        case .country: places(\.country)
        case .region: places(\.region)
        case .city: places(\.city)
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
        AttributeValues(.origin, .visit, texts: lexicon.origins.map { $0.flatMap(text) })
    }

    private func places(_ text: (Place) -> String?) -> AttributeValues {
        AttributeValues(.place, .visit, texts: lexicon.places.map { $0.flatMap(text) })
    }

    private func agents(_ text: (Agent) -> String?) -> AttributeValues {
        AttributeValues(.agent, .visit, texts: lexicon.agents.map { $0.flatMap(text) })
    }
}
