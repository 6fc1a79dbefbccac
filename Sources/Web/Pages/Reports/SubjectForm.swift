/// The form that chooses the page or the event that a page is about.
///
/// Its action and its field have the name of the kind.
struct SubjectForm: Component {
    let address: DashboardAddress
    let kind: SubjectKind
    /// The one that is shown.
    let value: String?
    let links: Links

    var html: HTML {
        let content: HTML = """
            <label for="subject">\(kind.title)</label><input id="subject" name="\(kind.rawValue)" type="text" required \
            maxlength="1000" autocomplete="off" autocapitalize="none" spellcheck="false" \
            placeholder="\(kind.placeholder)"\(attribute: "value", value)>\(Button("Show", .secondary))
            """
        let form = StateForm(address: address, action: kind.rawValue, links: links, content: content)
        return "<div class=\"subject-form\">\(form)</div>"
    }
}
