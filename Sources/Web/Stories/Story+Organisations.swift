#if DEBUG
    extension Story {
        static let organisations = [
            Story(
                "organisations",
                [
                    State("many") { OrganisationsPage(rows: rows($0), mayAdd: true) },
                    State("refused") { sample in
                        let errors = ["name": "there is an organisation \(sample("northwind")) already"]
                        let form = FormState(values: ["name": sample("northwind")], errors: errors)
                        return OrganisationsPage(rows: rows(sample), mayAdd: true, adding: form)
                    },
                    State("empty") { _ in OrganisationsPage(rows: [], mayAdd: false) },
                ]
            )
        ]

        private static func rows(_ sample: Sample) -> [OrganisationRow] {
            [
                OrganisationRow(name: "default", title: "", role: "owner", sites: 3),
                OrganisationRow(
                    name: sample("northwind"),
                    title: sample("Northwind Labs"),
                    role: sample("viewer"),
                    sites: 12
                ),
            ]
        }
    }
#endif
