/// A line of text in a form, with its label, its hint and its error.
struct Field: Component {
    /// The kind of text; the raw value is the type of the element.
    enum Kind: String, Sendable { case text, email, password }

    let name: String
    let label: String
    let form: FormState
    var kind = Kind.text
    /// The value of a form that was not sent yet.
    var value: String?
    var hint: HTML?
    /// The purpose by which browsers fill it in (HTML, section 4.10.18.7.1).
    var autocomplete: String?
    var isRequired = true
    /// False for one that only some choices of another field need.
    var isMarkedOptional = true
    var placeholder: String?
    /// The most characters.
    var limit: Int?
    /// The keyboard of a telephone, such as `numeric`.
    var inputMode: String?
    var isFirst = false

    var html: HTML {
        FieldBox(
            name: name,
            label: label,
            form: form,
            hint: hint,
            isOptional: !isRequired && isMarkedOptional,
            input: input
        )
        .html
    }

    private var input: HTML {
        """
        <input id="\(form.id(of: name))" name="\(name)" type="\(kind.rawValue)"\(attribute: "value", shown)\
        \(attribute: "autocomplete", autocomplete)\(attribute: "placeholder", placeholder)\
        \(attribute: "maxlength", limit.map(String.init))\(attribute: "inputmode", inputMode)\
        \(plain)\(flag: "required", isRequired)\(flag: "autofocus", isFirst)\
        \(FieldBox.references(name: name, form: form, hasHint: hint != nil))>\(reveal)
        """
    }

    /// Passwords are not sent back.
    private var shown: String? { kind == .password ? nil : form.values[name] ?? value }

    /// Names and codes are no prose.
    private var plain: HTML? {
        kind == .text ? " autocapitalize=\"none\" spellcheck=\"false\"" : nil
    }

    private var reveal: HTML? {
        kind == .password
            ? """
            <button type="button" class="reveal" data-reveal="\(form.id(of: name))" aria-pressed="false" hidden>\
            Show<span class="unseen"> password</span></button>
            """ : nil
    }
}
