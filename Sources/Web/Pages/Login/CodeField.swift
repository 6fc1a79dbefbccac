/// A code of the second factor.
struct CodeField: Component {
    let form: FormState
    var isFirst = false

    var html: HTML {
        Field(
            name: "code",
            label: "Code",
            form: form,
            autocomplete: "one-time-code",
            placeholder: "123456",
            limit: 16,
            inputMode: "numeric",
            isFirst: isFirst
        ).html
    }
}
