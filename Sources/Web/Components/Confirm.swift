/// A field into which the name of a thing is typed before something is done to it that cannot be taken back.
struct Confirm: Component {
    /// The name that has to be typed.
    let expected: String
    let form: FormState
    /// The name of the field.
    var name = "confirm"

    var html: HTML {
        let id = form.id(of: name)
        let input: HTML = """
            <input id="\(id)" name="\(name)" type="text" required autocomplete="off" autocapitalize="none" \
            spellcheck="false" data-confirm="\(expected)"\
            \(FieldBox.references(name: name, form: form, hasHint: true))>
            """
        return FieldBox(
            name: name,
            label: "Type the name to confirm",
            form: form,
            hint: "The name is <code>\(HTML.name(expected))</code>.",
            isOptional: false,
            input: input
        ).html
    }
}
