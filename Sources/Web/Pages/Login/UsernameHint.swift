/// The name of the account for the browser's store of passwords, in a form that has only the password.
struct UsernameHint: Component {
    let account: String

    var html: HTML { "<input hidden autocomplete=\"username\" value=\"\(account)\" readonly>" }
}
