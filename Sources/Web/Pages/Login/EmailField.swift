/// The address of an account.
struct EmailField: Component {
    let form: FormState
    var value: String?

    var html: HTML {
        Field(
            name: "email",
            label: "E-mail",
            form: form,
            kind: .email,
            value: value,
            autocomplete: "email",
            isRequired: false,
            limit: 254
        ).html
    }
}
