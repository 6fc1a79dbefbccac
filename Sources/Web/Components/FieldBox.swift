/// The label, the hint and the error around an element into which something is put.
struct FieldBox: Component {
    let name: String
    let label: String
    let form: FormState
    let hint: HTML?
    let isOptional: Bool
    let input: HTML

    private var id: String { form.id(of: name) }

    var html: HTML {
        let error: HTML? = form.errors[name].map { "<p class=\"wrong\" id=\"\(id)-error\">\(Icon.error)\($0)</p>" }
        return """
            <div class="field">
            <label for="\(id)">\(label)\(isOptional ? " <span class=\"optional\">optional</span>" as HTML : nil)</label>
            <div class="input">\(input)</div>
            \(error)\(hint.map { "<p class=\"hint\" id=\"\(id)-hint\">\($0)</p>" as HTML })
            </div>
            """
    }

    /// The attributes that connect an element with its hint and its error.
    static func references(name: String, form: FormState, hasHint: Bool) -> HTML {
        let id = form.id(of: name)
        let isWrong = form.errors[name] != nil
        let described = (isWrong ? ["\(id)-error"] : []) + (hasHint ? ["\(id)-hint"] : [])
        let text = described.isEmpty ? nil : described.joined(separator: " ")
        return "\(attribute: "aria-describedby", text)\(attribute: "aria-invalid", isWrong ? "true" : nil)"
    }
}
