#if DEBUG
    extension Story {
        static let account = [
            Story(
                "account",
                [
                    State("off") { page($0, .off, AccountPage.Forms()) },
                    State("offered") {
                        let secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
                        let address = "otpauth://totp/Hourglass:ada?secret=\(secret)&issuer=stats.example.org"
                        return page($0, .offered(secret: secret, address: address), AccountPage.Forms())
                    },
                    State("on") { page($0, .on, AccountPage.Forms()) },
                    State("refused") {
                        var forms = AccountPage.Forms()
                        forms.profile = $0.refused("display_name", "email")
                        forms.password = $0.refused("current", "password")
                        forms.factor = $0.refused("current", "code")
                        forms.appearance = $0.refused("theme", "shortcuts")
                        return page($0, .on, forms)
                    },
                ]
            ),
            Story(
                "organisation",
                [
                    State("admin") { organisation($0, roles: ["viewer", "member", "admin"]) },
                    State("viewer") { organisation($0, roles: []) },
                    State("made") {
                        let link = "https://stats.example.org/invite/Zk3tqV0sLw2b7yXn8dPq4RfUe1GhJmKaTcYi5oB6v9A"
                        let secret = SecretOnce("Invitation", secret: link, text: "Whoever opens it may join.")
                        return organisation($0, roles: ["viewer", "member", "admin", "owner"], secret: secret)
                    },
                ]
            ),
        ]

        private static func page(_ sample: Sample, _ factor: SecondFactor, _ forms: AccountPage.Forms) -> AccountPage {
            AccountPage(
                name: sample("ada"),
                displayName: sample("Ada Lovelace"),
                email: sample("ada@example.com"),
                factor: factor,
                logins: [
                    LoginRow(
                        id: 1,
                        device: sample("Firefox on Linux"),
                        address: "203.0.113.0/24",
                        created: Sample.now,
                        seen: Sample.now,
                        isCurrent: true
                    ),
                    LoginRow(
                        id: 2,
                        device: sample("Safari on iPhone"),
                        address: "2001:db8:1::/48",
                        created: Sample.now,
                        seen: Sample.now,
                        isCurrent: false
                    ),
                ],
                theme: .system,
                hasShortcuts: true,
                forms: forms
            )
        }

        private static func organisation(
            _ sample: Sample,
            roles: [String],
            secret: SecretOnce? = nil
        ) -> OrganisationPage {
            OrganisationPage(
                name: sample("northwind"),
                title: sample("Northwind Labs"),
                members: members(sample),
                invitations: [
                    InvitationRow(id: 1, role: "member", label: sample("joan@example.com"), ends: Sample.now),
                    InvitationRow(id: 2, role: "viewer", label: "", ends: Sample.now),
                ],
                roles: roles,
                isOwned: roles.contains("owner"),
                hasLogo: false,
                secret: secret,
                problem: roles.isEmpty ? sample("An organisation needs an owner.") : nil
            )
        }
    }
#endif
