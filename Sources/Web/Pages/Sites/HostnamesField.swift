/// The rules for the hosts of a site, one a line.
struct HostnamesField: Component {
    let form: FormState
    var value = ""

    var html: HTML {
        TextArea(
            name: "hostnames",
            label: "Hostnames",
            form: form,
            value: value,
            hint: """
                One a line. <code>example.com</code> covers <code>www.example.com</code>, <code>*.example.com</code> \
                all below it. Hits from other hosts are refused; an empty list allows any.
                """,
            placeholder: "example.com"
        ).html
    }
}
