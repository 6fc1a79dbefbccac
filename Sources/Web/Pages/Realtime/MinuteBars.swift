import Analytics

/// The visitors of the last half hour, minute by minute of the clock.
struct MinuteBars: Component {
    let minutes: [RecentCounts.Minute]

    private static let title = "Visitors by minute"

    var html: HTML {
        let most = max(1, minutes.map(\.visitors).max() ?? 1)
        return """
            <section class="card series" id="minutes">
            <div class="head"><h2>\(Self.title)</h2></div>
            <div class="bars-plot"><svg class="minutes" viewBox="0 0 \(minutes.count * 10) 100" \
            preserveAspectRatio="none" role="img" aria-label="\(Self.title), at most \(Figure(most).text). \
            All values are in the table below.">\(minutes.indices.map { bar($0, most) })</svg>
            <p class="ends hint"><span>\(ago(0))</span><span>now</span></p></div>
            <details class="more values"><summary>Table\(Icon.open)</summary>\(table)</details>
            </section>
            """
    }

    private func bar(_ place: Int, _ most: Int) -> HTML {
        let minute = minutes[place]
        let height = minute.visitors * 100 / most
        return """
            <rect x="\(place * 10 + 1)" y="\(100 - height)" width="8" height="\(height)">\
            <title>\(ago(place)): \(Figure(minute.visitors).text)</title></rect>
            """
    }

    /// The distance of a minute from the present one.
    private func ago(_ place: Int) -> String {
        let distance = minutes.count - 1 - place
        return distance == 0 ? "This minute" : "\(distance) min ago"
    }

    private var table: Table {
        Table(
            Self.title,
            columns: [
                Table.Column("Minute"), Table.Column("Visitors", isNumber: true),
                Table.Column("Page views", isNumber: true),
            ],
            rows: minutes.indices.reversed().map { place in
                let minute = minutes[place]
                return ["\(ago(place))", Figure(minute.visitors).html, Figure(minute.pageviews).html]
            }
        )
    }
}
