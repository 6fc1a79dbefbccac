import Analytics

extension Timeline {
    /// A visit with the texts that it shows.
    func summary(of visit: ChainedVisit, by visitor: Visitor) -> VisitSummary {
        let start = time(of: visit.first(self))
        let (pages, counts) = (visit.pages(self), visit.counts(self))
        var summary = VisitSummary(of: visitor, from: Timestamp(milliseconds: start))
        summary.duration = visit.duration(self, from: start)
        summary.entry = pages.entry.map(page)
        summary.exit = pages.exit.map(page)
        (summary.pageviews, summary.events) = counts
        summary.isBounce = visit.isBounce(self)
        summary.origin = lexicon.origins[code(.origin, of: visit.head)]
        summary.place = lexicon.places[code(.place, of: visit.head)]
        summary.agent = lexicon.agents[code(.agent, of: visit.head)]
        return summary
    }

    /// The page of a hit.
    func page(at place: HitPlace) -> VisitSummary.Page {
        VisitSummary.Page(
            host: lexicon.hosts[code(.host, place.part, place.hit)],
            path: lexicon.paths[code(.path, place.part, place.hit)]
        )
    }

    /// The code of a column that has a value for each run.
    private func code(_ column: Column, of run: RunPlace) -> Int { code(column, run.part, run.run) }

    /// The code of a column at a row of it.
    func code(_ column: Column, _ part: Int, _ row: Int) -> Int { Int(parts[part][column].code(at: row)) }
}
