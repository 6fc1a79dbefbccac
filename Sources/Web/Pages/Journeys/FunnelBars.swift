import Analytics

/// The steps of a funnel with a bar each, and the visitors who are left at each of them.
struct FunnelBars: Component {
    let steps: [FunnelStep]
    /// The answer, whose steps are as many.
    let report: FunnelReport

    private var first: Int { report.steps.first?.visitors ?? 0 }

    var html: HTML {
        let before = [first] + report.steps.map(\.visitors)
        let rows: [HTML] = zip(zip(steps, report.steps), before).enumerated().map { place, pair in
            row(place, pair.0.0, pair.0.1, before: pair.1)
        }
        let heads = ["Visitors", "Of the first", "Of the step before", "Drop-off", "Median time"]
        let cells: [HTML] = heads.map { "<th scope=\"col\" class=\"n\">\($0)</th>" }
        return """
            <section class="card funnel" id="funnel">
            <div class="head"><h2>\(conversion)</h2><p>\(conversionText)</p></div>
            <div class="table" role="region" aria-label="Funnel" tabindex="0"><table>
            <thead><tr><th scope="col">Step</th>\(cells)</tr></thead>
            <tbody>\(rows)</tbody></table></div>
            </section>

            """
    }

    private var conversion: String { MetricText.share(report.steps.last?.visitors ?? 0, of: first) }

    private var conversionText: String {
        "\(Figure(report.steps.last?.visitors ?? 0).text) of \(Figure(first).text) visitors take all steps"
    }

    private func row(_ place: Int, _ step: FunnelStep, _ answer: FunnelReport.Step, before: Int) -> HTML {
        let width = "\((Double(answer.visitors) / Double(max(1, first)) * 100).text(decimals: 1))%"
        let isFirst = place == 0
        let lost =
            "\(Figure(before - answer.visitors).text) (\(MetricText.share(before - answer.visitors, of: before)))"
        let cells = [
            Figure(answer.visitors).text,
            MetricText.share(answer.visitors, of: first),
            isFirst ? "–" : MetricText.share(answer.visitors, of: before),
            isFirst ? "–" : lost,
            answer.times.map { MetricText.duration(Int((Double($0.median) / 1_000).rounded(.toNearestOrEven))) } ?? "–",
        ]
        let numbers: [HTML] = cells.map { "<td class=\"n\">\($0)</td>" }
        return """
            <tr><th scope="row"><svg class="bar" aria-hidden="true"><rect width="\(width)" height="100%"/></svg>\
            <span class="name"><span class="hint">\(place + 1). \(step.kind.title)</span> \
            \(HTML.name(step.value))</span></th>\(numbers)</tr>

            """
    }
}
