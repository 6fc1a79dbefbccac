/// A card with one form, which is saved alone.
struct FormSection: Component {
    let title: String
    var text: HTML?
    let target: Link
    /// The value of the field `action`, by which the page knows its forms apart.
    var action: String?
    let form: FormState
    let fields: HTML
    let button: Button
    /// What a change does to data that is there already, beside the button.
    var consequence: HTML?
    /// True for what cannot be taken back.
    var isDangerous = false

    var html: HTML {
        let hidden: HTML? = action.map { "<input type=\"hidden\" name=\"action\" value=\"\($0)\">" }
        let foot: HTML = """
            <div class="foot">\(consequence.map { "<p class=\"hint\">\($0)</p>" as HTML })\(button)</div>
            """
        return Card(
            title: title,
            text: text,
            content: """
                <form method="post" action="\(target)">
                \(hidden)<div class="body">\(form.notice)\(fields)</div>
                \(foot)</form>
                """,
            isDangerous: isDangerous
        ).html
    }
}
