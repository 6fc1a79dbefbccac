/// A form that consists of a button, for what is done to one row.
struct ButtonForm: Component {
    let target: Link
    /// The values that the form sends.
    let values: KeyValuePairs<String, String>
    let button: Button

    var html: HTML {
        let fields: [HTML] = values.map { "<input type=\"hidden\" name=\"\($0.key)\" value=\"\($0.value)\">" }
        return "<form method=\"post\" action=\"\(target)\" class=\"inline\">\(fields)\(button)</form>"
    }
}
