/// The page of the reader's own account.
///
/// Its forms have the actions `profile` (`display_name`, `email`), `password` (`current`, `password`), `offer`, `confirm`
/// (`secret`, `code`), `disable` (`current`, `code`), `end` (`id`), `end_others`, and `appearance` (`theme`, `shortcuts`).
package struct AccountPage: Page {
    /// The forms of the page.
    package struct Forms: Sendable {
        package var profile = FormState()
        package var password = FormState()
        package var factor = FormState()
        package var appearance = FormState()

        package init() {}
    }

    let name: String
    let displayName: String
    let email: String
    let factor: SecondFactor
    let logins: [LoginRow]
    let theme: Frame.Theme
    /// True if letters are shortcuts.
    let hasShortcuts: Bool
    let forms: Forms

    /// - Parameters:
    ///   - name: The name of the account.
    ///   - displayName: The name of the person.
    ///   - email: The address.
    ///   - factor: The state of the second factor.
    ///   - logins: The logins.
    ///   - theme: The colours that were chosen.
    ///   - hasShortcuts: True if letters are shortcuts.
    ///   - forms: What was put into the forms.
    package init(
        name: String,
        displayName: String,
        email: String,
        factor: SecondFactor,
        logins: [LoginRow],
        theme: Frame.Theme,
        hasShortcuts: Bool,
        forms: Forms = Forms()
    ) {
        self.name = name
        self.displayName = displayName
        self.email = email
        self.factor = factor
        self.logins = logins
        self.theme = theme
        self.hasShortcuts = hasShortcuts
        self.forms = forms
    }

    package var title: String { "Your account" }
    package var place: Place { .general }

    package func content(_ links: Links) -> HTML {
        """
        <div class="column">\(PageHead("Your account", text: "Account name: <strong>\(HTML.name(name))</strong>"))
        \(profile(links))
        \(password(links))
        \(factorCard(links))
        \(LoginList(logins: logins, target: links.account))
        \(appearance(links))
        </div>
        """
    }

    private func profile(_ links: Links) -> FormSection {
        let form = forms.profile.named("profile")
        let shown = Field(
            name: "display_name",
            label: "Your name",
            form: form,
            value: displayName,
            autocomplete: "name",
            isRequired: false,
            limit: 100
        )
        return FormSection(
            title: "Profile",
            target: links.account,
            action: "profile",
            form: form,
            fields: "\(shown)\(EmailField(form: form, value: email))",
            button: Button("Save")
        )
    }

    private func password(_ links: Links) -> FormSection {
        let form = forms.password.named("password")
        return FormSection(
            title: "Password",
            target: links.account,
            action: "password",
            form: form,
            fields: """
                \(UsernameHint(account: name))\(CurrentPasswordField(form: form))\
                \(NewPasswordField(form: form, label: "New password"))
                """,
            button: Button("Change password"),
            consequence: "All other logins end."
        )
    }

    private func factorCard(_ links: Links) -> SecondFactorCard {
        SecondFactorCard(factor: factor, account: name, target: links.account, form: forms.factor.named("factor"))
    }

    private func appearance(_ links: Links) -> FormSection {
        let form = forms.appearance.named("appearance")
        let themes = RadioGroup(
            name: "theme",
            legend: "Colours",
            choices: Frame.Theme.allCases.map { Choice($0.rawValue, $0.title) },
            form: form,
            value: theme.rawValue
        )
        let shortcuts = Checkbox(
            name: "shortcuts",
            label: "Letters are shortcuts",
            form: form,
            isOn: hasShortcuts,
            hint: "Off for those who speak to their computer, or press keys by accident."
        )
        return FormSection(
            title: "Appearance",
            target: links.account,
            action: "appearance",
            form: form,
            fields: "<div class=\"themes\" data-themes>\(themes)</div>\(shortcuts)",
            button: Button("Save")
        )
    }
}

extension Frame.Theme {
    fileprivate var title: String {
        switch self {
        case .system: "As the system"
        case .light: "Light"
        case .dark: "Dark"
        }
    }
}
