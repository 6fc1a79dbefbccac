/// Lines of text in a form.
struct TextArea: Component {
    let name: String
    let label: String
    let form: FormState
    /// The text of a form that was not sent yet.
    var value = ""
    var hint: HTML?
    var isRequired = false
    var placeholder: String?
    var rows = 3

    var html: HTML {
        // A newline at the beginning of the element is not part of its text.
        let input: HTML = """
            <textarea id="\(form.id(of: name))" name="\(name)" rows="\(rows)" spellcheck="false" \
            autocapitalize="none"\(attribute: "placeholder", placeholder)\(flag: "required", isRequired)\
            \(FieldBox.references(name: name, form: form, hasHint: hint != nil))>
            \(form.values[name] ?? value)</textarea>
            """
        return FieldBox(name: name, label: label, form: form, hint: hint, isOptional: !isRequired, input: input).html
    }
}
