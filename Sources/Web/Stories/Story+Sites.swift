#if DEBUG
    extension Story {
        static let sites = [
            Story(
                "sites",
                [
                    State("empty") { _ in SitesPage(rows: [], mayAdd: true) },
                    State("none") { _ in SitesPage(rows: [], mayAdd: false) },
                    State("many") { SitesPage(rows: try rows($0), mayAdd: true) },
                ]
            ),
            Story(
                "new-site",
                [
                    State("empty") { NewSitePage(zones: Sample.zones, organisations: [$0("northwind"), "default"]) },
                    State("refused") {
                        NewSitePage(
                            zones: Sample.zones,
                            organisations: ["default"],
                            form: $0.refused("name", "hostnames", "timezone", "organisation")
                        )
                    },
                ]
            ),
        ]

        private static func rows(_ sample: Sample) throws -> [SiteRow] {
            let names = [
                ("example.com", 48_210), ("blog.example.com", 1_934), ("shop.example.com/eu", 0),
                ("an-application-with-a-long-name.example.org", 12_402_118),
            ]
            let more = ["*.example.org", "example.net"]
            return try names.enumerated().map { index, site in
                SiteRow(
                    name: try Sample.siteName(site.0),
                    organisation: sample(index == 0 ? "default" : "Northwind Labs"),
                    zone: sample("Europe/Berlin"),
                    hostnames: index == 2 ? [] : [sample(site.0)] + (index == 0 ? more : []),
                    role: ["owner", "admin", "member", "viewer"][index],
                    hits: index == 3 ? nil : site.1
                )
            }
        }
    }
#endif
