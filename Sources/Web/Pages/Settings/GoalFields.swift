/// The fields of a new goal; the style sheet hides those that the chosen kind has not.
struct GoalFields: Component {
    let form: FormState

    var html: HTML {
        let kind = RadioGroup(
            name: "kind",
            legend: "Reached by",
            choices: [
                Choice("event", "An event"), Choice("page", "A view of a page"),
                Choice("scroll", "Scrolling down on a page"),
            ],
            form: form,
            value: "event"
        )
        let event = Field(
            name: "event",
            label: "Event",
            form: form,
            isRequired: false,
            isMarkedOptional: false,
            placeholder: "Signup",
            limit: 120
        )
        let page = Field(
            name: "page",
            label: "Page",
            form: form,
            hint: "A path or a pattern, in which <code>*</code> is any text.",
            isRequired: false,
            isMarkedOptional: false,
            placeholder: "/blog/*",
            limit: 500
        )
        let depth = Field(
            name: "scroll",
            label: "Depth in %",
            form: form,
            value: "50",
            isRequired: false,
            isMarkedOptional: false,
            limit: 3,
            inputMode: "numeric"
        )
        let display = Field(
            name: "display",
            label: "Name",
            form: form,
            hint: "Shown in reports; without one it is the event or the page.",
            isRequired: false,
            limit: 120
        )
        return """
            <div class="goal">\(kind)
            <div class="of-event">\(event)</div><div class="of-page">\(page)</div><div class="of-scroll">\(depth)</div>
            \(display)\(details)</div>
            """
    }

    /// What few goals have.
    private var details: HTML {
        let currency = Field(
            name: "currency",
            label: "Currency of its revenue",
            form: form,
            isRequired: false,
            placeholder: "EUR",
            limit: 3
        )
        let properties = TextArea(
            name: "properties",
            label: "Properties that the hit must have",
            form: form,
            hint: "One a line.",
            placeholder: "plan=pro",
            rows: 2
        )
        let isOpen = ["currency", "properties"].contains { name in
            form.errors[name] != nil || !(form.values[name] ?? "").isEmpty
        }
        return """
            <details class="more"\(flag: "open", isOpen)><summary>\(Icon.open)Revenue and properties</summary>
            \(currency)\(properties)</details>
            """
    }
}
