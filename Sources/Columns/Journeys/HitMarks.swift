import Analytics

/// Marks of hits: eight bits for each, by part and place.
struct HitMarks: Sendable {
    let parts: [[UInt8]]

    /// Marks the hits that reach goals: those that reach the first one by the lowest bit, and so on.
    ///
    /// - Parameters:
    ///   - goals: At most eight goals; nil is reached by any hit other than engagement.
    ///   - timeline: The parts.
    ///   - workers: The threads that scan.
    /// - Returns: The marks.
    static func reaching(_ goals: [Goal?], _ timeline: Timeline, by workers: ScanWorkers) async -> HitMarks {
        let tables = StepTables(goals, timeline)
        return await timeline.marks(by: workers) { tables.marks(of: $0, timeline) }
    }

    /// Marks the page views with some values by the lowest bit.
    ///
    /// - Parameters:
    ///   - values: The pages of hits.
    ///   - passes: True for a page whose views are marked, by its place among the values.
    ///   - timeline: The parts.
    ///   - workers: The threads that scan.
    /// - Returns: The marks.
    static func viewing(_ values: AttributeValues, _ passes: [Bool], _ timeline: Timeline, by workers: ScanWorkers)
        async -> HitMarks
    {
        await timeline.marks(by: workers) { number in
            let part = timeline.parts[number]
            var marks = part[.path].places.looked(up: values.tables[number].map { passes[Int($0)] ? 1 : 0 })
            for hit in marks.indices where part.hits.kind(of: hit) != .pageview { marks[hit] = 0 }
            return marks
        }
    }

    /// Marks the hits with properties by the lowest bit, but not engagement.
    static func described(_ timeline: Timeline, by workers: ScanWorkers) async -> HitMarks {
        await timeline.marks(by: workers) { number in
            let hits = timeline.parts[number].hits
            var marks = [UInt8](repeating: 0, count: hits.count)
            for hit in hits.described where hits.kind(of: Int(hit)) != .engagement { marks[Int(hit)] = 1 }
            return marks
        }
    }

    /// True if one of some hits of a part is marked.
    func areAny(in part: Int, _ hits: Range<Int>) -> Bool {
        for hit in hits where parts[part][hit] != 0 { return true }
        return false
    }
}

extension Timeline {
    /// Marks the hits of all parts by two threads.
    fileprivate func marks(
        by workers: ScanWorkers,
        _ marks: @escaping @Sendable (_ part: Int) -> [UInt8]
    ) async -> HitMarks {
        let (middle, count) = (parts.count / 2, parts.count)
        async let second = workers.run(by: 1) { (middle..<count).map(marks) }
        let first = await workers.run(by: 0) { (0..<middle).map(marks) }
        return HitMarks(parts: first + (await second))
    }
}

extension SmallIntegers {
    /// The values of a table at the numbers.
    func looked(up table: [UInt8]) -> [UInt8] {
        switch self {
        case .bytes(let numbers): numbers.map { table[Int($0)] }
        case .shorts(let numbers): numbers.map { table[Int($0)] }
        case .words(let numbers): numbers.map { table[Int($0)] }
        }
    }
}
