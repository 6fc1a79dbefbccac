/// A box in a form that is ticked or not; the value of a ticked one is `true`.
struct Checkbox: Component {
    let name: String
    let label: String
    let form: FormState
    /// The state of a form that was not sent yet.
    var isOn = false
    var hint: HTML?

    var html: HTML {
        let id = form.id(of: name)
        let isTicked = form.isSent ? form.values[name] == "true" : isOn
        return """
            <div class="tick">
            <input type="checkbox" id="\(id)" name="\(name)" value="true"\(flag: "checked", isTicked)\
            \(FieldBox.references(name: name, form: form, hasHint: hint != nil))>
            <div><label for="\(id)">\(label)</label>
            \(form.errors[name].map { "<p class=\"wrong\" id=\"\(id)-error\">\(Icon.error)\($0)</p>" as HTML })\
            \(hint.map { "<p class=\"hint\" id=\"\(id)-hint\">\($0)</p>" as HTML })</div>
            </div>
            """
    }
}
