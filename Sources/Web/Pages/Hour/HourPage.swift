import Analytics

/// The sliding hour: the counts of the hour that ends at any moment, and of all hours of its day.
package struct HourPage: Page {
    /// The counts, or the reason that there are none.
    package enum Content: Sendable {
        case numbers(HourNumbers)
        /// The question cannot be answered, for a reason.
        case refused(String)
    }

    let address: HourAddress
    let content: Content
    /// The reasons why parts of the address do not count.
    let faults: [String]

    /// - Parameters:
    ///   - address: The state of the page.
    ///   - content: What there is to show.
    ///   - faults: The reasons why parts of the address do not count.
    package init(_ address: HourAddress, _ content: Content, faults: [String] = []) {
        self.address = address
        self.content = content
        self.faults = faults
    }

    package var title: String { "The hour · \(address.site.text)" }
    package var place: Place { .site(address.site, .hour) }
    package var notices: [Notice] { Notice.faults(faults) }
    package var scripts: [PageAsset] { [.live] }

    package func content(_ links: Links) -> HTML {
        let head = PageHead(
            "The sliding hour",
            text: "What happened in the hour that ends at a moment, to the millisecond, both ends included."
        )
        switch content {
        case .numbers(let numbers): return "\(head)\(shown(numbers, links))"
        case .refused(let reason):
            return "\(head)\(Notice(.error, "This cannot be answered", text: "\(reason)"))"
        }
    }

    private func shown(_ numbers: HourNumbers, _ links: Links) -> HTML {
        """
        \(days(numbers, links))
        <section class="card" id="hour" data-zone-name="\(numbers.zone)">
        \(windows(numbers, links))
        <ul class="tiles three">\(HourCount.allCases.map { tile($0, numbers, links) })</ul>
        \(HourSlider(numbers: numbers, address: address, links: links))
        </section>
        \(HourChart(numbers: numbers, address: address, links: links))
        \(asking(numbers))
        """
    }

    /// The day, those beside it, and the way to now.
    private func days(_ numbers: HourNumbers, _ links: Links) -> HTML {
        let end = numbers.window.end
        let before = address.showing(end.advanced(by: .seconds(-86_400)))
        let after = end.advanced(by: .seconds(86_400))
        let next: HTML? =
            after > numbers.now
            ? nil : "<a class=\"button secondary\" href=\"\(address.showing(after).link(links))\">Day after</a>"
        let hidden: [HTML] = address.kept.map { "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">" }
        return """
            <div class="days"><a class="button secondary" href="\(before.link(links))">Day before</a>\(next)\
            <form method="get" action="\(links.site(address.site, .hour))">\(hidden)<label class="unseen" for="date">\
            Date</label><input type="date" id="date" name="date" value="\(numbers.window.date)" required>\
            <button class="button secondary">Go</button></form>\
            <a class="button secondary" href="\(address.showing(nil).link(links))">Now</a>\(follow(links))</div>
            """
    }

    /// The switch that keeps the hour at the present moment, for the script.
    private func follow(_ links: Links) -> HTML {
        """
        <button type="button" class="button secondary" data-follow="\(links.realtime(address.site))" \
        aria-pressed="false" hidden>Follow live</button>
        """
    }

    private func windows(_ numbers: HourNumbers, _ links: Links) -> HTML {
        let (window, utc) = (numbers.window, numbers.window.inUTC)
        let date = DateText(window.date)?.full ?? window.date
        return """
            <div class="head"><h2><span data-clock="start">\(window.clock.start)</span> – \
            <span data-clock="end">\(window.clock.end)</span></h2>\
            <p><span data-clock="date">\(date)</span>, \(numbers.zone) · <span data-clock="utc-start">\(utc.start)</span> \
            – <span data-clock="utc-end">\(utc.end)</span> UTC</p></div>
            """
    }

    private func tile(_ count: HourCount, _ numbers: HourNumbers, _ links: Links) -> HTML {
        let mark = count == address.count ? "true" : nil
        let number = count.number(in: numbers.window.counts)
        return """
            <li data-metric="\(count.rawValue)"><h3><a href="\(address.showing(count).link(links))"\
            \(attribute: "aria-current", mark)>\(count.title)</a></h3>\
            <p class="value"><data value="\(number)">\(Figure(number))</data></p></li>

            """
    }

    private func asking(_ numbers: HourNumbers) -> Card {
        Card(
            title: "Ask yourself",
            text: "The same hour from the interface, which answers with these lines.",
            content: """
                <div class="body">\(CopyBox(id: "command", label: "the command", text: numbers.command))\
                <pre class="lines" id="lines"><code>\(numbers.lines)</code></pre></div>
                """
        )
    }
}
