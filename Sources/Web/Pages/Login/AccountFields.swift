/// The fields of a new account.
struct AccountFields: Component {
    let form: FormState

    var html: HTML {
        let name = Field(
            name: "name",
            label: "Account name",
            form: form,
            hint: "To log in with: a-z, 0-9, dots, hyphens and underscores.",
            autocomplete: "username",
            limit: 64,
            isFirst: true
        )
        let displayName = Field(
            name: "display_name",
            label: "Your name",
            form: form,
            autocomplete: "name",
            isRequired: false,
            limit: 100
        )
        return "<div class=\"two\">\(name)\(displayName)</div>\(EmailField(form: form))\(NewPasswordField(form: form))"
    }
}
