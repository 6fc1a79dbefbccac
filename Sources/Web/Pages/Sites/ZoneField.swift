/// The time zone of a site.
struct ZoneField: Component {
    let form: FormState
    let zones: [String]
    var value: String?

    var html: HTML {
        SelectField(
            name: "timezone",
            label: "Time zone",
            choices: zones.map { Choice($0) },
            form: form,
            value: value ?? "UTC",
            hint: "Days begin and end by it, in every report.",
            takesZone: value == nil
        ).html
    }
}
