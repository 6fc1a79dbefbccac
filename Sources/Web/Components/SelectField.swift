/// A choice out of a list in a form.
struct SelectField: Component {
    let name: String
    let label: String
    let choices: [Choice]
    let form: FormState
    /// The choice of a form that was not sent yet.
    var value: String?
    var hint: HTML?
    /// True to choose the time zone of the browser where nothing was chosen before.
    var takesZone = false

    var html: HTML {
        let chosen = form.values[name] ?? value
        // A value that the list does not have is kept all the same.
        let all = chosen.map { value in choices.contains { $0.value == value } ? [] : [Choice(value)] } ?? []
        let options: [HTML] = (all + choices).map { choice in
            "<option value=\"\(choice.value)\"\(flag: "selected", choice.value == chosen)>\(choice.label)</option>"
        }
        let input: HTML = """
            <select id="\(form.id(of: name))" name="\(name)"\(flag: "data-zone", takesZone && !form.isSent)\
            \(FieldBox.references(name: name, form: form, hasHint: hint != nil))>\(options)</select>\(Icon.open)
            """
        return FieldBox(name: name, label: label, form: form, hint: hint, isOptional: false, input: input).html
    }
}
