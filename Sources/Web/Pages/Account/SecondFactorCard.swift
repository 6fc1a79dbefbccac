/// The part of the account's page about its second factor.
struct SecondFactorCard: Component {
    let factor: SecondFactor
    let account: String
    let target: Link
    let form: FormState

    var html: HTML {
        switch factor {
        case .off: offer.html
        case .offered(let secret, let address): confirmation(secret, address).html
        case .on: end.html
        }
    }

    private static let title = "Second factor"

    private var offer: FormSection {
        FormSection(
            title: Self.title,
            text: "A code from an app on your telephone besides the password. \(Badge("off"))",
            target: target,
            action: "offer",
            form: form,
            fields: "",
            button: Button("Set up", .secondary)
        )
    }

    private func confirmation(_ secret: String, _ address: String) -> FormSection {
        FormSection(
            title: Self.title,
            text: "Scan the picture with the app, or type the secret, and enter the code that it shows.",
            target: target,
            action: "confirm",
            form: form,
            fields: """
                <input type="hidden" name="secret" value="\(secret)">
                <div class="factor">\(QRCode(address).map { QRPicture(code: $0) })
                <div>\(CopyBox(id: "factor-secret", label: "Secret", text: secret))
                \(CopyBox(id: "factor-address", label: "Address for apps", text: address))
                \(CodeField(form: form))</div></div>
                """,
            button: Button("Switch on"),
            consequence: "Nothing changes before the code was right."
        )
    }

    private var end: FormSection {
        FormSection(
            title: Self.title,
            text: "Logins need a code besides the password. \(Badge("on", .good))",
            target: target,
            action: "disable",
            form: form,
            fields: "\(UsernameHint(account: account))\(CurrentPasswordField(form: form))\(CodeField(form: form))",
            button: Button("Switch off", .danger)
        )
    }
}
