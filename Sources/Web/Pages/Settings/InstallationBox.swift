/// The live box of the page about the snippet: what has arrived, and why not.
struct InstallationBox: Component {
    let state: InstallationState
    /// The address of the state as JSON.
    let status: Link
    /// The page itself, for readers without JavaScript.
    let page: Link
    let dashboard: Link

    var html: HTML {
        """
        <section class="card live \(kind)" id="installation" role="status" data-live="\(status)" \
        data-state="\(state.mark)">
        <div class="body">\(icon)<div>\(text)</div></div>
        </section>
        """
    }

    private var kind: String {
        switch state {
        case .waiting: "waiting"
        case .received: "success"
        case .refused: "error"
        }
    }

    private var icon: Icon {
        switch state {
        case .waiting: .waiting
        case .received: .success
        case .refused: .error
        }
    }

    private var text: HTML {
        let again: HTML = "<a href=\"\(page)\" data-again>Check again</a>"
        return switch state {
        case .waiting:
            """
            <h2>Waiting for the first hit</h2>
            <p>Put the snippet into your pages and open one of them in a browser. \(again)</p>
            """
        case .received(let time, let page):
            """
            <h2>Hits arrive</h2>
            <p>The last one came \(Moment(time))\(page.map { " from \(HTML.name($0))" as HTML }).</p>
            <p><a class="button primary" href="\(dashboard)">Open the dashboard</a></p>
            """
        case .refused(let reason, let remedy):
            """
            <h2>A hit was refused</h2>
            <p><strong>\(reason)</strong></p>
            <p>\(remedy) \(again)</p>
            """
        }
    }
}
