#if DEBUG
    extension Story {
        static let login = [
            Story(
                "setup",
                [
                    State("empty") { SetupPage(token: $0("t0k3n"), zones: Sample.zones) },
                    State("refused") {
                        let account = ["name", "email", "display_name", "password"]
                        let form = $0.refused(account + ["site", "hostname", "timezone"])
                        return SetupPage(token: $0("t0k3n"), zones: Sample.zones, form: form)
                    },
                ]
            ),
            Story(
                "login",
                [
                    State("empty") { _ in LoginPage() },
                    State("wrong") {
                        let form = FormState(values: ["name": $0("ada")], problem: LoginPage.failure)
                        return LoginPage(next: $0("/s/example.com"), form: form)
                    },
                    State("throttled") { LoginPage(retryAfter: 30, form: FormState(values: ["name": $0("ada")])) },
                ]
            ),
            Story(
                "code",
                [
                    State("empty") { CodePage(next: $0("/s/example.com")) },
                    State("wrong") { _ in CodePage(form: FormState(errors: ["code": "The code is wrong or too old."]))
                    },
                    State("throttled") { _ in CodePage(retryAfter: 12) },
                ]
            ),
            Story(
                "invitation",
                [
                    State("new") {
                        InvitationPage(token: $0("t0k3n"), organisation: $0("Northwind Labs"), role: "member")
                    },
                    State("refused") {
                        InvitationPage(
                            token: $0("t0k3n"),
                            organisation: $0("Northwind Labs"),
                            role: "admin",
                            form: $0.refused("name", "email", "display_name", "password")
                        )
                    },
                    State("known") {
                        InvitationPage(
                            token: $0("t0k3n"),
                            organisation: $0("Northwind Labs"),
                            role: "viewer",
                            account: $0("ada")
                        )
                    },
                ]
            ),
            Story(
                "reset",
                [
                    State("empty") { ResetPage(token: $0("t0k3n"), account: $0("ada")) },
                    State("refused") {
                        ResetPage(token: $0("t0k3n"), account: $0("ada"), form: $0.refused("password"))
                    },
                ]
            ),
            Story(
                "password",
                [
                    State("empty") { SharePasswordPage(share: $0("hgl_t0k3n"), next: $0("/share/hgl_t0k3n")) },
                    State("wrong") {
                        let next = $0("/share/hgl_t0k3n?period=28d")
                        return SharePasswordPage(share: $0("hgl_t0k3n"), next: next, isWrong: true)
                    },
                    State("throttled") {
                        SharePasswordPage(share: $0("hgl_t0k3n"), next: $0("/share/hgl_t0k3n"), retryAfter: 12)
                    },
                ]
            ),
        ]
    }
#endif
