package import Analytics

extension Part {
    /// The part with other hits in some times, and with other visitors.
    ///
    /// Hits that come late, and visitors who become known, join visits or lengthen them, and divide none; so it does not
    /// matter that a part keeps the place, the agent and the origin of the first hit of a visit alone. Where hits were
    /// deleted, all times of the day have to be replaced.
    ///
    /// - Parameters:
    ///   - times: The times whose hits are replaced, in milliseconds since 1970.
    ///   - rows: All hits of these times.
    ///   - users: The users whom visitors are known to be since.
    ///   - lexicon: The texts of the codes.
    ///   - dates: The midnights in the zone of the site.
    /// - Returns: The part, and what has changed of it.
    package func replacing(
        _ times: [ClosedRange<Int>],
        by rows: [HitRow],
        users: [Visitor: Visitor] = [:],
        _ lexicon: Lexicon,
        dates: DateBorders
    ) -> (part: Part, change: PartChange) {
        let changed = changedVisitors(times, rows, users)
        var builder = PartBuilder(day: day)
        for visitor in changed {
            let known = Visitor(rawValue: visitor)
            for row in self.rows(of: known, as: users[known], without: times) { builder.add(row) }
        }
        for row in rows { builder.add(row) }
        let fresh = builder.part(lexicon, dates: dates)
        var splice = PartSplice(self, fresh)
        splice.addRuns(without: changed)
        let kept = loose.map { hit in !times.contains { $0.contains(time(of: hit)) } }
        splice.addLoose { kept[$0 - loose.lowerBound] }
        let change = PartChange(of: changed, hasLoose: !fresh.loose.isEmpty || kept.contains(false), in: self)
        return (splice.part(), change)
    }

    /// The visitors whose hits are not the same ones afterwards, in ascending order.
    private func changedVisitors(
        _ times: [ClosedRange<Int>],
        _ rows: [HitRow],
        _ users: [Visitor: Visitor]
    ) -> [UInt64] {
        var changed = Set(rows.compactMap { $0.visitor?.rawValue })
        for (visitor, user) in users where holds(anyOf: [visitor]) {
            changed.formUnion([visitor.rawValue, user.rawValue])
        }
        for run in 0..<runs.count {
            let hits = hits(of: run)
            let span = time(of: hits.lowerBound)...time(of: hits.upperBound - 1)
            for range in times where range.overlaps(span) && hits.contains(where: { range.contains(time(of: $0)) }) {
                changed.insert(runs.visitors[run])
            }
        }
        return changed.sorted()
    }

    /// The hits of a visitor but for those in some times, as hits of the visitor or of a user.
    private func rows(of visitor: Visitor, as user: Visitor?, without times: [ClosedRange<Int>]) -> [HitRow] {
        var rows: [HitRow] = []
        for run in runs.runs(of: visitor.rawValue) {
            for hit in hits(of: run) where !times.contains(where: { $0.contains(time(of: hit)) }) {
                var row = row(of: hit, first: Int(runs.firsts[run]), at: run)
                row.visitor = user ?? visitor
                row.isDated = user == nil && runs.isDated(run)
                rows.append(row)
            }
        }
        return rows
    }

    /// True if hits of one of some visitors are in it.
    package func holds(anyOf visitors: some Sequence<Visitor>) -> Bool {
        visitors.contains { !runs.runs(of: $0.rawValue).isEmpty }
    }

    /// A hit as a row without a visitor.
    ///
    /// - Parameters:
    ///   - hit: The hit.
    ///   - first: The first hit of its run.
    ///   - visitRow: The row of the columns of visits.
    /// - Returns: The row.
    func row(of hit: Int, first: Int, at visitRow: Int) -> HitRow {
        var row = HitRow(time: Timestamp(milliseconds: time(of: hit)))
        row.isInteractive = hits.isInteractive(hit)
        row.codes.name = self[.name].code(at: hit)
        row.codes.host = self[.host].code(at: hit)
        row.codes.path = self[.path].code(at: hit)
        row.codes.title = self[.title].code(at: hit)
        if hit == first {
            row.codes.place = self[.place].code(at: visitRow)
            row.codes.agent = self[.agent].code(at: visitRow)
            row.codes.origin = self[.origin].code(at: visitRow)
        }
        row.scroll = hits.scroll(of: hit).map { Int16(clamping: $0) }
        row.engaged = hits.engaged(of: hit).map { Int32(clamping: $0) }
        if let (value, currency) = hits.value(of: hit) {
            row.value = Amount(millionths: value)
            row.codes.currency = currency
        }
        let props = hits.props(of: hit)
        if props > 0 { row.props = hits.propTexts[props - 1] }
        return row
    }
}
