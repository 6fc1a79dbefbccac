/// The state of a page about the hits that an address chooses.
package struct ViewFrame: Sendable {
    package let address: DashboardAddress
    /// The segments that the reader may use.
    let segments: [DashboardSegment]
    /// The reasons why parts of the address do not count.
    let faults: [String]
    /// The ways to the periods around that of the page; nil where they are not known.
    let steps: PeriodSteps?
    /// The time zone of the site; nil where there is no choice.
    let zone: String?

    /// - Parameters:
    ///   - address: The state of the page.
    ///   - segments: The segments that the reader may use.
    ///   - faults: The reasons why parts of the address do not count.
    ///   - steps: The ways to the periods around that of the page; nil where they are not known.
    ///   - zone: The time zone of the site; nil where there is no choice.
    package init(
        _ address: DashboardAddress,
        segments: [DashboardSegment] = [],
        faults: [String] = [],
        steps: PeriodSteps? = nil,
        zone: String? = nil
    ) {
        self.steps = steps
        self.zone = zone
        self.address = address
        self.segments = segments
        self.faults = faults
    }

    var notices: [Notice] { Notice.faults(faults) }

    /// The time zone, the moment of an answer, and what has to be known about its numbers.
    func facts(_ source: AnswerSource) -> HTML {
        let remarks: [HTML] = source.remarks.map { "<p class=\"hint remark\">\($0)</p>" }
        return """
            <ul class="facts"><li>\(source.zone)</li><li>as of \(Moment(source.asOf))</li></ul>\(remarks)

            """
    }

    /// The state in the place of an answer that has no hits.
    func noHits(_ title: String, _ links: Links) -> EmptyState {
        if address.isFiltered {
            let action = LinkButton("Remove all filters", address.unfiltered.link(links), .secondary).html
            return EmptyState(title, "In this time no hit meets the filters.", action: action)
        }
        let action = LinkButton("Show all time", address.showing(.all).link(links), .secondary).html
        return EmptyState(title, "There may be some at other times.", action: action)
    }
}
