/// The logins of an account, each with a button to end it.
struct LoginList: Component {
    let logins: [LoginRow]
    let target: Link

    var html: HTML {
        let table = Table(
            "Logins",
            columns: [
                Table.Column("Device"), Table.Column("Address"), Table.Column("Since"), Table.Column("Last seen"),
                Table.Column("Actions", isUnseen: true),
            ],
            rows: logins.map { login in
                [
                    .name(login.device), "<code>\(login.address)</code>", Moment(login.created, isDate: true).html,
                    Moment(login.seen).html, action(login),
                ]
            }
        )
        let others = ButtonForm(
            target: target,
            values: ["action": "end_others"],
            button: Button("End all others", .secondary)
        )
        let foot: HTML? = logins.count > 1 ? "<div class=\"foot\">\(others)</div>" : nil
        return Card(
            title: "Logins",
            text: "Browsers in which you are logged in.",
            content: "\(table)\(foot)"
        ).html
    }

    private func action(_ login: LoginRow) -> HTML {
        guard !login.isCurrent else { return Badge("this one", .good).html }
        return ButtonForm(
            target: target,
            values: ["action": "end", "id": "\(login.id)"],
            button: Button("End", .quiet, subject: login.device)
        ).html
    }
}
