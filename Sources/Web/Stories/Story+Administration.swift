#if DEBUG
    extension Story {
        static let administration = [
            Story(
                "accounts",
                [
                    State("many") { AccountsPage(rows: accounts($0), own: "ada") },
                    State("made") {
                        let link = "https://stats.example.org/reset/Zk3tqV0sLw2b7yXn8dPq4RfUe1GhJmKaTcYi5oB6v9A"
                        let secret = SecretOnce("Link for " + $0("grace"), secret: link, text: "For another password.")
                        return AccountsPage(rows: accounts($0), own: "ada", secret: secret)
                    },
                ]
            ),
            Story(
                "audit",
                [
                    State("many") { AuditPage(rows: entries($0), older: "17", isLater: true) },
                    State("empty") { _ in AuditPage(rows: [], older: nil, isLater: false) },
                ]
            ),
        ]

        private static func accounts(_ sample: Sample) -> [AccountRow] {
            members(sample).enumerated().map { index, member in
                AccountRow(
                    name: member.account,
                    displayName: member.displayName,
                    email: member.email,
                    isOperator: index == 0,
                    hasPassword: index != 2,
                    hasSecondFactor: index < 2,
                    organisations: index == 3
                        ? [] : [sample("default (\(member.role))"), sample("northwind (viewer)")],
                    created: Sample.now,
                    seen: index == 3 ? nil : Sample.now
                )
            }
        }

        private static func entries(_ sample: Sample) -> [AuditRow] {
            [
                ("ada", "key.add", "example.com: read key grafana", "203.0.113.7"),
                ("grace", "member.role", "linus: viewer to member in Northwind Labs", "2001:db8::17"),
                ("", "site.add", "shop.example.com/eu", ""), ("linus", "login.failed", "linus", "198.51.100.23"),
            ].map { account, action, subject, address in
                AuditRow(
                    time: Sample.now,
                    account: account.isEmpty ? nil : sample(account),
                    action: action,
                    subject: sample(subject),
                    address: address.isEmpty ? nil : address
                )
            }
        }
    }
#endif
