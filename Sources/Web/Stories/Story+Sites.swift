#if DEBUG
    import Analytics

    extension Story {
        static let sites = [
            Story(
                "sites",
                [
                    State("empty") { _ in page([], mayAdd: true) },
                    State("none") { _ in page([], mayAdd: false) },
                    State("one") { page([try row("example.com", 0, $0)], mayAdd: true) },
                    State("some") { page(try some($0), mayAdd: true) },
                    State("many") { sample in
                        var address = SitesAddress()
                        (address.sort, address.isDescending, address.period) = (.visitors, true, .days)
                        (address.search, address.offset) = (sample("shop"), SitesList.length)
                        let rows = try (0..<SitesList.length).map { try row("shop-\($0).example.org", $0, sample) }
                        return SitesPage(SitesList(address, rows: rows, summed: rows + rows, total: 120), mayAdd: true)
                    },
                    State("too-many") { sample in
                        let rows = try (0..<3).map { try row("shop-\($0)", $0, sample) }
                        return page(rows, total: 1_234, faults: [sample("period: not one of these")], mayAdd: false)
                    },
                    State("away") { page(try some($0, areKnown: false), mayAdd: true) },
                    State("not-found") { sample in
                        var address = SitesAddress()
                        address.search = sample("shop")
                        return page([], at: address, mayAdd: false)
                    },
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

        private static func page(
            _ rows: [SiteRow],
            at address: SitesAddress = SitesAddress(),
            total: Int? = nil,
            faults: [String] = [],
            mayAdd: Bool
        ) -> SitesPage {
            let list = SitesList(address, rows: rows, summed: rows, total: total ?? rows.count)
            return SitesPage(list, mayAdd: mayAdd, faults: faults)
        }

        private static func some(_ sample: Sample, areKnown: Bool = true) throws -> [SiteRow] {
            let names = [
                "an-application-with-a-long-name.example.org", "blog.example.com", "example.com", "shop.example.com/eu",
            ]
            return try names.enumerated().map { place, name in
                var row = try row(name, place, sample)
                guard !areKnown else { return row }
                (row.hour, row.numbers, row.refused, row.counted) = (nil, nil, nil, nil)
                return row
            }
        }

        private static func row(_ name: String, _ place: Int, _ sample: Sample) throws -> SiteRow {
            var row = SiteRow(
                name: try Sample.siteName(name),
                organisation: place.isMultiple(of: 3) ? "default" : sample("Northwind Labs"),
                zone: "Europe/Berlin",
                role: Role.allCases[3 - place % 4]
            )
            let scale = [12_000, 310, 0, 48][place % 4]
            row.hour = scale / 24
            row.numbers = SiteNumbers(
                visitors: scale * 6,
                pageviews: scale * 17,
                series: (0..<7).map { scale + scale * ($0 * $0 % 5) / 7 },
                former: place == 1 ? 0 : scale * 5,
                change: [20, 100, 0, -7][place % 4]
            )
            if row.role >= .member { (row.refused, row.counted) = (place * 7, scale * 20) }
            return row
        }
    }
#endif
