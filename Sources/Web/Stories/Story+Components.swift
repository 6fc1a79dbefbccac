#if DEBUG
    extension Story {
        static let components = Story(
            "components",
            [
                State("all") { ComponentsPage(sample: $0, form: FormState()) },
                State("refused") {
                    ComponentsPage(sample: $0, form: $0.refused("text", "current", "lines", "list", "tick", "radio"))
                },
            ]
        )
    }

    /// All components beside each other.
    private struct ComponentsPage: Page {
        let sample: Sample
        let form: FormState

        var title: String { "Components" }
        var place: Place { .general }
        var notices: [Notice] {
            Notice.Kind.allCases.map {
                Notice($0, sample("Something happened."), text: "With <strong>details</strong> \(sample("about it"))")
            }
        }

        func content(_ links: Links) -> HTML {
            """
            <div class="column">\(PageHead("Components", text: "Everything that pages are made of."))
            \(SecretOnce(sample("Read key"), secret: "hgr_" + sample("Zk3tq"), text: sample("For reports.")))
            \(fields(links))\(table)\(empty(links))\(others)</div>
            """
        }

        private func fields(_ links: Links) -> FormSection {
            let choices = [Choice("one", "One", hint: sample("The first")), Choice("two", "Two", hint: "The second")]
            return FormSection(
                title: "Fields",
                text: "In a section.",
                target: links.path("dev"),
                form: form,
                fields: """
                    \(Field(name: "text", label: "Text", form: form, hint: "A hint", placeholder: sample("example")))
                    \(UsernameHint(account: sample("ada")))\(CurrentPasswordField(form: form))
                    \(TextArea(name: "lines", label: "Lines", form: form, value: sample("one\ntwo"), hint: "Some."))
                    \(SelectField(name: "list", label: "List", choices: choices, form: form, hint: "A hint"))
                    \(Checkbox(name: "tick", label: "Tick", form: form, isOn: true, hint: "A hint"))
                    \(RadioGroup(name: "radio", legend: "Radio", choices: choices, form: form, value: "one"))
                    """,
                button: Button("Save"),
                consequence: "What it does to old data."
            )
        }

        private var table: Card {
            let buttons: [HTML] = [.primary, .secondary, .danger, .quiet].map { (kind: Button.Kind) in
                "\(Button(kind.rawValue, kind)) "
            }
            let table = Table(
                "Table",
                columns: [Table.Column("Name"), Table.Column("Figure", isNumber: true), Table.Column("Marks")],
                rows: [
                    [.name(sample("First")), Figure(1_234_567).html, Badge("good", .good).html],
                    [.name(sample("Second")), Figure(-12).html, Badge("bad", .bad).html],
                ]
            )
            return Card(title: "Table and buttons", content: "\(table)<div class=\"foot\">\(buttons)</div>")
        }

        private func empty(_ links: Links) -> Card {
            let way = LinkButton("Do something", links.path("dev"))
            let empty = EmptyState("Nothing yet", "It comes about by itself.", action: way.html)
            return Card(title: "Empty", content: empty.html)
        }

        private var others: Card {
            let copy = CopyBox(id: "copied", label: "Line", text: sample("<script src=\"/t.js\">"))
            let foreign = ForeignLink(sample("https://example.com/"), text: sample("example.com"))
            return Card(
                title: "Others",
                content: """
                    <div class="body">\(copy)\(KeyValue([("Name", .name(sample("Value"))), ("Link", foreign.html)]))
                    \(StepList(steps: ["Done", "Now", "Later"], current: 1))</div>
                    """
            )
        }
    }
#endif
