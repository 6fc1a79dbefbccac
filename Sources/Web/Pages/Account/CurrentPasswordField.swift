/// The password that an account has, which proves that it is its owner who changes something.
struct CurrentPasswordField: Component {
    let form: FormState

    var html: HTML {
        Field(
            name: "current",
            label: "Current password",
            form: form,
            kind: .password,
            autocomplete: "current-password"
        ).html
    }
}
