import Analytics
import Registry
import Web

/// An account as a form describes it.
struct AccountInput {
    /// The account; nil without a name.
    let account: NewAccount?
    /// The reasons why values are refused, by the name of the field.
    let errors: [String: String]

    init(_ form: PageForm) {
        guard let name = AccountName(form["name"]) else {
            (account, errors) = (nil, ["name": AccountName.form])
            return
        }
        let new = NewAccount(
            name: name,
            email: form["email"],
            displayName: form["display_name"],
            password: form.secret("password")
        )
        account = new
        errors = Dictionary(new.faults.map { ($0.field, $0.text) }, uniquingKeysWith: { first, _ in first })
    }
}
