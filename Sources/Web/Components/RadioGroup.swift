/// A choice out of a few in a form, all of which are seen with their meanings.
struct RadioGroup: Component {
    let name: String
    let legend: String
    let choices: [Choice]
    let form: FormState
    /// The choice of a form that was not sent yet.
    var value: String?

    var html: HTML {
        let id = form.id(of: name)
        let error: HTML? = form.errors[name].map { "<p class=\"wrong\" id=\"\(id)-error\">\(Icon.error)\($0)</p>" }
        return """
            <fieldset class="radios"\(FieldBox.references(name: name, form: form, hasHint: false))>
            <legend>\(legend)</legend>
            \(choices.map(button))
            \(error)
            </fieldset>
            """
    }

    private func button(_ choice: Choice) -> HTML {
        let id = "\(form.id(of: name))-\(choice.value)"
        let isChosen = (form.values[name] ?? value) == choice.value
        let hint: HTML? = choice.hint.map { "<span class=\"hint\">\($0)</span>" }
        return """
            <label class="radio" for="\(id)"><input type="radio" id="\(id)" name="\(name)" value="\(choice.value)"\
            \(flag: "checked", isChosen)><span>\(choice.label)\(hint)</span></label>
            """
    }
}
