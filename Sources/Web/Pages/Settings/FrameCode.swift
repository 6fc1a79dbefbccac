/// The lines that put a card of a share link into a page of another site.
struct FrameCode: Component {
    /// The whole address of the share link.
    let link: String
    /// True if the site names pages that may have it in a frame.
    let hasOrigins: Bool

    private var frame: String {
        """
        <iframe src="\(link)/card/series?period=28d&theme=light" title="Visitors" width="100%" height="380" \
        loading="lazy"></iframe>
        """
    }

    private var image: String {
        """
        <img src="\(link)/card/series.svg?period=28d&theme=light" alt="Visitors" width="800" height="280" loading="lazy">
        """
    }

    var html: HTML {
        let names = DashboardPanel.all.map(\.name).joined(separator: ", ")
        let missing: HTML? =
            hasOrigins
            ? nil
            : """
            <p class="hint">No page may have a frame yet: name its origin under “Pages that may read figures”.</p>
            """
        let content: HTML = """
            <div class="body"><section class="part"><h3>A card in a frame</h3>\
            \(CopyBox(id: "frame", label: "the frame", text: frame))\
            <p class="hint">In the place of <code>series</code>: \(names). The address takes the period and the filters \
            of the dashboard; <code>theme</code> is light or dark.</p>\(missing)</section>\
            <section class="part"><h3>The chart as an image</h3>\(CopyBox(id: "image", label: "the image", text: image))\
            </section></div>
            """
        return Card(title: "Cards in other pages", content: content).html
    }
}
