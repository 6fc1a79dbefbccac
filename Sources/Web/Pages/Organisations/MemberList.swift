/// The members of an organisation, with a form for the role of each.
struct MemberList: Component {
    let members: [MemberRow]
    /// The roles that the reader may give; empty for a reader who may only look.
    let roles: [String]
    let target: Link

    var html: HTML {
        let table = Table(
            "Members",
            columns: [Table.Column("Account"), Table.Column("Role"), Table.Column("Actions", isUnseen: true)],
            rows: members.map { member in
                let isMine = roles.contains(member.role)
                return [
                    member.identity, isMine ? role(of: member) : Badge(member.role).html,
                    isMine ? removal(of: member).html : "",
                ]
            }
        )
        return Card(title: "Members", content: table.html).html
    }

    private func role(of member: MemberRow) -> HTML {
        let options: [HTML] = roles.map { role in
            "<option value=\"\(role)\"\(flag: "selected", role == member.role)>\(role)</option>"
        }
        return """
            <form method="post" action="\(target)" class="inline">
            <input type="hidden" name="action" value="role"><input type="hidden" name="account" value="\(member.account)">
            <span class="input"><select name="role" aria-label="Role of \(member.account)">\(options)</select>\
            \(Icon.open)</span>\(Button("Change", .quiet, subject: "role of \(member.account)"))
            </form>
            """
    }

    private func removal(of member: MemberRow) -> ButtonForm {
        ButtonForm(
            target: target,
            values: ["action": "remove", "account": member.account],
            button: Button("Remove", .quiet, subject: member.account)
        )
    }
}
