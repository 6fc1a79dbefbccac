/// The fields of a new site.
struct SiteFields: Component {
    let form: FormState
    let zones: [String]
    /// The name of the field with the name of the site.
    var nameField = "site"

    var html: HTML {
        let name = Field(
            name: nameField,
            label: "Site name",
            form: form,
            hint: "Usually the domain. It is part of addresses and of the snippet.",
            placeholder: "example.com",
            limit: 100
        )
        let hostnames = TextArea(
            name: "hostname",
            label: "Hostnames",
            form: form,
            hint: """
                One a line. Only pages of these may send hits; <code>*.example.com</code> covers all below. Empty: any.
                """,
            placeholder: "example.com",
            rows: 2
        )
        return "\(name)\(hostnames)\(ZoneField(form: form, zones: zones))"
    }
}
