import Analytics
import HTTP

/// The causes by which two answers to a query differ.
struct Difference {
    private let document: DifferenceDocument
    private let asked: AskedDocument
    private let changes: HitChanges

    init(_ document: DifferenceDocument, _ asked: AskedDocument, _ changes: HitChanges) {
        self.document = document
        self.asked = asked
        self.changes = changes
    }

    /// The answer of `/api/v1/differences/query`.
    var json: JSON {
        .object([
            "site_id": .text(asked.site.name.text), "date_range": asked.query.dateRange,
            "timezone": .text(asked.query.zone),
            "before": .text(document.before.text), "after": .text(document.after.text),
            "changes": .array(causes), "unexplained": .array(gaps),
        ])
    }

    private var causes: [JSON] {
        let used = asked.query.usedGoals
        let goals = changes.goals.filter { used.contains($0.name) }
        let own = [inTime].compactMap(\.self) + changes.arrivals.map(\.json)
        return own + changes.forgettings.map(\.json) + goals.map(\.json) + [aliases].compactMap(\.self)
    }

    /// The hits that came when they happened.
    private var inTime: JSON? {
        guard changes.inTime.hits > 0 else { return nil }
        let first = max(document.before, asked.query.period.start)
        let last = min(document.after, asked.query.period.end)
        return .cause(
            "arrived",
            from: first,
            to: last,
            "\(changes.inTime.text) between the two moments, and \(changes.inTime.verb) stored within a minute.",
            ("hits", .number(changes.inTime.people)),
            ("bots", .number(changes.inTime.bots)),
            ("precision", "minute")
        )
    }

    private var aliases: JSON? {
        changes.aliases.map { aliases in
            let (number, verb) = aliases.count == 1 ? ("One visitor", "is") : ("\(aliases.count) visitors", "are")
            return .cause(
                "aliases",
                from: aliases.first,
                to: aliases.last,
                "\(number) became known to be a user; hits of before \(verb) counted as the user's too.",
                ("count", .number(aliases.count))
            )
        }
    }
}

// MARK: Gaps

extension Difference {
    /// The causes that there may be besides, whose times or numbers are not kept.
    private var gaps: [JSON] {
        let query = asked.query
        var gaps: [JSON] = []
        if changes.notedSince.map({ document.before < $0 }) ?? true {
            let since = changes.notedSince.map { "Before \($0.text)" } ?? "Here"
            gaps.append(.gap("unnoted", "\(since) it was not noted when hits came late and visitors became known."))
        }
        if let kept = changes.keptSince, query.period.start < kept {
            gaps.append(.gap("retention", "Hits before \(kept.text) were dropped; the time of that is not kept."))
        }
        if !changes.forgettings.isEmpty {
            gaps.append(.gap("forgotten", "The number of the hits of forgotten users is not kept."))
        }
        if query.basis == .event {
            gaps.append(.gap("events", "Events without a hit count too; the time at which they came is not kept."))
        }
        if query.isByPages || document.query.zone == nil {
            gaps.append(.gap("settings", "Changes of the zone and of the page patterns of the site are not kept."))
        }
        return gaps
    }
}

extension Query {
    /// True if rows or hits go by pages, which patterns join.
    fileprivate var isByPages: Bool {
        let used = dimensions + filters.flatMap(\.tests).map(\.dimension)
        let byPages: Set<Dimension> = [.hit(.page), .visit(.entryPage), .visit(.exitPage)]
        return !byPages.isDisjoint(with: used)
    }
}

// MARK: Causes

extension HitChanges.Arrival {
    fileprivate var json: JSON {
        let isTwice = stored.end > stored.start.advanced(by: .seconds(step))
        let time = isTwice ? "between \(stored.start.text) and \(stored.end.text)" : "at \(stored.start.text)"
        return .cause(
            "late",
            from: stored.start,
            to: stored.end,
            "\(counts.text) \(label.count == 7 ? "in" : "on") \(label), and \(counts.verb) stored \(time), not when they happened.",
            ("date", .text(label)),
            ("hits", .number(counts.people)),
            ("bots", .number(counts.bots)),
            ("precision", .text(precision))
        )
    }

    /// The name of the steps to which the time of storing is known.
    private var precision: String {
        switch step {
        case ..<60: "second"
        case ..<900: "minute"
        default: "quarter of an hour"
        }
    }
}

extension HitChanges.Forgetting {
    fileprivate var json: JSON {
        let end = ended.map { "until \($0.text)" } ?? "and the deletion goes on"
        return .cause(
            "forgotten",
            from: began,
            to: ended,
            "A user was forgotten at \(began.text), whose hits were deleted \(end)."
        )
    }
}

extension HitChanges.AddedGoal {
    fileprivate var json: JSON {
        .object([
            "cause": "goal", "at": .text(added.text), "goal": .text(name),
            "text": .text("The goal \(name) was added at \(added.text); it counts for the past too."),
        ])
    }
}

extension HitCounts {
    /// The numbers as the beginning of a sentence about times.
    fileprivate var text: String {
        let own = people == 1 ? "1 hit" : "\(people) hits"
        guard bots > 0 else { return "\(own) \(people == 1 ? "has its time" : "have their times")" }
        return "\(own) and \(bots == 1 ? "1 of a machine" : "\(bots) of machines") have their times"
    }

    fileprivate var verb: String { hits == 1 ? "was" : "were" }
}

extension JSON {
    /// A cause with the time in which it had its effect.
    fileprivate static func cause(
        _ name: String,
        from first: Timestamp,
        to last: Timestamp?,
        _ text: String,
        _ members: (String, JSON?)...
    ) -> JSON {
        let common: [(String, JSON?)] = [
            ("cause", .text(name)), ("from", .text(first.text)), ("to", last.map { .text($0.text) }),
        ]
        return .object(JSON.Members(common + members + [("text", .text(text))]))
    }

    /// A cause that there may be.
    fileprivate static func gap(_ name: String, _ text: String) -> JSON {
        .object(["cause": .text(name), "text": .text(text)])
    }
}
