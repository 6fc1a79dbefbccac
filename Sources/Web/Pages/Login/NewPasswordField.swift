import Analytics

/// A password that is chosen.
struct NewPasswordField: Component {
    let form: FormState
    var label = "Password"
    var isRequired = true

    var html: HTML {
        Field(
            name: "password",
            label: label,
            form: form,
            kind: .password,
            hint: "At least \(PasswordRule.lengths.lowerBound) characters; a sentence is easier to keep in mind.",
            autocomplete: "new-password",
            isRequired: isRequired
        ).html
    }
}
