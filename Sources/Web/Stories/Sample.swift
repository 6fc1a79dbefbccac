#if DEBUG
    import Analytics
    import FoundationEssentials

    /// The texts of stories that somebody chose: ordinary ones, or everywhere the same.
    package struct Sample: Sendable {
        private let text: String?

        /// - Parameter text: The text in the place of every text; nil for ordinary ones.
        package init(text: String? = nil) { self.text = text }

        func callAsFunction(_ ordinary: String) -> String { text ?? ordinary }

        static let zones = [
            "America/New_York", "America/Sao_Paulo", "Asia/Kolkata", "Asia/Tokyo", "Europe/Berlin", "Europe/London",
            "UTC",
        ]
        static let now = Timestamp(seconds: 1_795_617_127)

        static func siteName(_ text: String = "example.com") throws -> SiteName {
            try SiteName(parsing: text.utf8Span.span)
        }

        func site() throws -> Site {
            var site = Site(
                id: ID(rawValue: 2),
                uuid: UUID(),
                name: try Self.siteName(),
                hostnames: ["example.com", "*.example.org"].compactMap(Hostname.init),
                zone: "Europe/Berlin",
                organisation: self("Northwind Labs")
            )
            site.settings.pageRules = [self("/user/*"), self("/order/*/receipt")]
            site.settings.queryParameters = [self("article")]
            site.goals = [
                Goal(
                    id: ID(rawValue: 1),
                    .event(self("Signup")),
                    display: self("Sign up"),
                    properties: [self("plan"): self("pro")]
                ),
                Goal(id: ID(rawValue: 2), .page(self("/blog/*"))),
                Goal(id: ID(rawValue: 3), .scroll(self("/pricing"), depth: 75)),
                Goal(id: ID(rawValue: 4), .event(self("Purchase")), currency: "EUR"),
            ]
            return site
        }

        /// What was put into a form with every field wrong.
        func refused(_ names: String...) -> FormState { refused(names) }

        /// The same for a list of names.
        func refused(_ names: [String]) -> FormState {
            FormState(
                values: Dictionary(uniqueKeysWithValues: names.map { ($0, self("wrong")) }),
                errors: Dictionary(uniqueKeysWithValues: names.map { ($0, self("This is taken already.")) }),
                problem: self("Nothing was saved.")
            )
        }
    }
#endif
