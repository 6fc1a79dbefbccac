import Analytics

/// The form that gives a share link another password (`action=password`: `id`, `password`).
struct SharePasswordForm: Component {
    let rows: [ShareRow]
    let target: Link
    let form: FormState

    var html: HTML {
        let choice = SelectField(
            name: "id",
            label: "Share link",
            choices: rows.map { Choice("\($0.id)", $0.label.isEmpty ? "Link \($0.id)" : $0.label) },
            form: form
        )
        return FormSection(
            title: "Password of a share link",
            text: """
                Its pages and cards ask for it from then on, also whoever gave another one before. The chart as an image \
                needs a link without a password.
                """,
            target: target,
            action: "password",
            form: form,
            fields: """
                \(choice)\(UsernameHint(account: "share link"))\(NewPasswordField(form: form, label: "New password"))
                """,
            button: Button("Set password")
        ).html
    }
}
