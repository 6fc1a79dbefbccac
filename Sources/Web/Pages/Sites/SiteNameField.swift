/// The name of a site.
struct SiteNameField: Component {
    let name: String
    let form: FormState

    var html: HTML {
        Field(
            name: name,
            label: "Site name",
            form: form,
            hint: "Usually the domain. It is part of addresses and of the snippet.",
            autocomplete: "off",
            placeholder: "example.com",
            limit: 100
        ).html
    }
}
