import Analytics

/// The goals that hits may reach by their names and paths, a bit for each.
struct StepTables: Sendable {
    /// By the code of the lexicon: of a name for hits other than engagement, of a path for page views, and of a path for
    /// engagement.
    private var (names, views, scrolls): ([UInt8], [UInt8], [UInt8])
    /// The goals that any hit other than engagement reaches.
    private var always: UInt8 = 0
    /// The goals that ask for more than a name or a path.
    private var checks: [(bit: UInt8, table: GoalTable)] = []

    /// - Parameters:
    ///   - goals: At most eight goals; nil is reached by any hit other than engagement.
    ///   - timeline: The parts.
    init(_ goals: [Goal?], _ timeline: Timeline) {
        let lexicon = timeline.lexicon
        names = Array(repeating: 0, count: lexicon.names.count)
        views = Array(repeating: 0, count: lexicon.paths.count)
        scrolls = views
        let properties = timeline.values(ofProperties: Set(goals.compactMap(\.self).flatMap(\.properties.keys)))
        for (place, goal) in goals.enumerated() {
            let bit: UInt8 = 1 << UInt8(place)
            guard let goal else {
                always |= bit
                continue
            }
            switch goal.kind {
            case .event(let name): names.set(bit, where: TextPattern(exactly: name), lexicon.names)
            case .page(let pattern): views.set(bit, where: TextPattern(pattern), lexicon.paths)
            case .scroll(let pattern, _): scrolls.set(bit, where: TextPattern(pattern), lexicon.paths)
            }
            if goal.needsCheck { checks.append((bit, GoalTable(goal, timeline, properties: properties))) }
        }
    }

    /// The goals that each hit of a part reaches.
    func marks(of number: Int, _ timeline: Timeline) -> [UInt8] {
        let part = timeline.parts[number]
        let places = part[.path].places
        var marks = part[.name].places.looked(up: part[.name].dictionary.map { names[Int($0)] | always })
        let views = places.looked(up: part[.path].dictionary.map { self.views[Int($0)] })
        let scrolls = places.looked(up: part[.path].dictionary.map { self.scrolls[Int($0)] })
        for hit in marks.indices {
            switch part.hits.kind(of: hit) {
            case .pageview: marks[hit] |= views[hit]
            case .engagement: marks[hit] = scrolls[hit]
            case .event, .impression: break
            }
        }
        for (bit, table) in checks {
            for hit in marks.indices where marks[hit] & bit != 0 {
                if !table.isReached(by: HitPlace(part: number, hit: hit), timeline.parts) { marks[hit] &= ~bit }
            }
        }
        return marks
    }
}

/// A text, or a pattern with stars.
private struct TextPattern {
    private let bytes: [UInt8]
    private let wildcard: Wildcard?

    init(exactly text: String) { (bytes, wildcard) = (Array(text.utf8), nil) }

    init(_ pattern: String) {
        bytes = Array(pattern.utf8)
        wildcard = bytes.contains(UInt8(ascii: "*")) ? Wildcard(pattern) : nil
    }

    /// Compares by bytes.
    func matches(_ text: String) -> Bool { wildcard?.matches(text) ?? text.utf8.elementsEqual(bytes) }
}

extension [UInt8] {
    /// Sets a bit of the codes whose texts match.
    fileprivate mutating func set(_ bit: UInt8, where pattern: TextPattern, _ texts: [String?]) {
        for (code, text) in texts.enumerated() {
            if let text, pattern.matches(text) { self[code] |= bit }
        }
    }
}

extension Goal {
    /// True if a hit has to have more than the name or the path.
    fileprivate var needsCheck: Bool {
        if case .scroll = kind { return true }
        return !properties.isEmpty
    }
}
