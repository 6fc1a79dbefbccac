#if DEBUG
    import Analytics

    extension Story {
        static let settings = keeping + [snippet, keys, members, sharing, danger]

        /// The sections with one form.
        private static let keeping = [
            Story(
                "general",
                [
                    State("saved") { GeneralPage(try $0.site(), zones: Sample.zones) },
                    State("refused") {
                        GeneralPage(
                            try $0.site(),
                            zones: Sample.zones,
                            renaming: $0.refused("name"),
                            form: $0.refused("hostnames", "timezone")
                        )
                    },
                ]
            ),
            Story(
                "privacy",
                [
                    State("saved") { PrivacyPage(try $0.site()) },
                    State("refused") { PrivacyPage(try $0.site(), form: $0.refused("respect")) },
                ]
            ),
            Story(
                "retention",
                [
                    State("saved") { RetentionPage(try $0.site(), days: nil) },
                    State("refused") {
                        RetentionPage(try $0.site(), days: 1_460, form: $0.refused("late_hours", "retention_days"))
                    },
                ]
            ),
            Story(
                "goals",
                [
                    State("many") { GoalsPage(try $0.site()) },
                    State("empty") {
                        var site = try $0.site()
                        site.goals = []
                        return GoalsPage(site)
                    },
                    State("refused") {
                        let names = $0.refused("kind", "event", "page", "scroll", "display", "currency", "properties")
                        return GoalsPage(try $0.site(), adding: names)
                    },
                ]
            ),
            Story(
                "pages",
                [
                    State("saved") { PagesPage(try $0.site()) },
                    State("refused") { PagesPage(try $0.site(), form: $0.refused("pages", "query", "hash")) },
                ]
            ),
            Story(
                "addresses",
                [
                    State("some") {
                        let addresses = [$0("203.0.113.7"), "2001:db8::/32"]
                        return AddressesPage(site: try Sample.siteName(), addresses: addresses, own: "198.51.100.23")
                    },
                    State("refused") {
                        AddressesPage(
                            site: try Sample.siteName(),
                            addresses: ["198.51.100.23"],
                            own: "198.51.100.23",
                            form: $0.refused("addresses")
                        )
                    },
                ]
            ),
        ]

        private static let snippet = Story(
            "snippet",
            [
                State("waiting") { _ in try page(.waiting) },
                State("received") { try page(.received(at: Sample.now, page: $0("/pricing"))) },
                State("refused") {
                    let reason = $0("The host www.example.net is not among example.com, *.example.org.")
                    return try page(.refused(reason: reason, remedy: $0("Add it under General.")))
                },
            ]
        )

        private static func page(_ state: InstallationState) throws -> SnippetPage {
            guard let server = ServerAddress("https://stats.example.org") else { throw Rejection(.site, .empty) }
            let snippet = Snippet(
                site: "example.com",
                page: "https://example.com/",
                server: server,
                script: "/t.js",
                endpoint: "/api/v1/events"
            )
            let name = try Sample.siteName()
            return SnippetPage(site: name, snippet: snippet, state: state, page: "https://example.com/")
        }

        private static let keys = Story(
            "keys",
            [
                State("many") { KeysPage(try $0.site(), rows: keys($0)) },
                State("empty") { KeysPage(try $0.site(), rows: []) },
                State("made") {
                    let text = "hgr_Zk3tqV0sLw2b7yXn8dPq4RfUe1GhJmKaTcYi5oB6v9A"
                    let secret = SecretOnce("Read key " + $0("grafana"), secret: text, text: "To ask for figures.")
                    return KeysPage(try $0.site(), rows: keys($0), secret: secret)
                },
                State("refused") {
                    let form = $0.refused("open", "daily_cap")
                    return KeysPage(try $0.site(), rows: [], adding: $0.refused("scope", "label"), form: form)
                },
            ]
        )

        private static func keys(_ sample: Sample) -> [KeyRow] {
            [
                KeyRow(
                    id: 1,
                    scope: .write,
                    label: sample("Website"),
                    text: sample("hgw_4RfUe1GhJmKaTcYi5oB6v9AZk3tqV0sLw2b7yXn8dPq"),
                    created: Sample.now,
                    used: Sample.now
                ),
                KeyRow(id: 2, scope: .read, label: sample("grafana"), text: nil, created: Sample.now, used: Sample.now),
                KeyRow(id: 3, scope: .server, label: sample("Import"), text: nil, created: Sample.now, used: nil),
            ]
        }

        private static let members = Story(
            "members",
            [
                State("many") {
                    let organisation = $0("Northwind Labs")
                    return SiteMembersPage(site: try Sample.siteName(), organisation: organisation, rows: members($0))
                }
            ]
        )

        private static let sharing = Story(
            "sharing",
            [
                State("many") { SharingPage(try $0.site(), rows: shares($0), link: sharedLink) },
                State("empty") { SharingPage(try $0.site(), rows: [], link: sharedLink) },
                State("made") {
                    let link = "https://stats.example.org/share/Zk3tqV0sLw2b7yXn8dPq4RfUe1GhJmKaTcYi5oB6v9A"
                    let secret = SecretOnce(
                        $0("Newsletter team"),
                        secret: link,
                        text: "Whoever has it sees the figures."
                    )
                    return SharingPage(try $0.site(), rows: shares($0), link: link, secret: secret)
                },
                State("refused") {
                    let form = $0.refused("public", "origins")
                    return SharingPage(
                        try $0.site(),
                        rows: [],
                        link: sharedLink,
                        adding: $0.refused("label", "password"),
                        form: form
                    )
                },
                State("short") {
                    let form = FormState(values: ["id": "2"], errors: ["password": $0("The password is too short.")])
                    return SharingPage(try $0.site(), rows: shares($0), link: sharedLink, locking: form)
                },
            ]
        )

        private static let sharedLink = "https://stats.example.org/share/LINK"

        private static func shares(_ sample: Sample) -> [ShareRow] {
            [
                ShareRow(id: 1, label: sample("Newsletter team"), created: Sample.now, used: Sample.now),
                ShareRow(id: 2, label: sample("Agency"), created: Sample.now, ends: Sample.now, hasPassword: true),
            ]
        }

        private static let danger = Story(
            "danger",
            [
                State("all") { DangerPage(try $0.site(), organisations: ["default", $0("Northwind Labs")]) },
                State("refused") {
                    DangerPage(
                        try $0.site(),
                        organisations: ["default"],
                        moving: $0.refused("organisation"),
                        resetting: $0.refused("confirm"),
                        deleting: $0.refused("confirm")
                    )
                },
            ]
        )

        static func members(_ sample: Sample) -> [MemberRow] {
            [
                ("ada", "Ada Lovelace", "owner"), ("grace", "Grace Hopper", "admin"), ("linus", "Linus", "member"),
                ("guest", "", "viewer"),
            ].map { account, name, role in
                MemberRow(
                    account: sample(account),
                    displayName: name.isEmpty ? "" : sample(name),
                    email: account == "guest" ? "" : sample("\(account)@example.com"),
                    role: role
                )
            }
        }
    }
#endif
