import Analytics
import Web

/// A site as a form describes it.
struct SiteInput {
    let name: SiteName?
    let hostnames: [Hostname]
    /// The time zone; nil for that of the server's choice.
    let zone: String?
    /// The reasons why values are refused, by the name of the field.
    let errors: [String: String]

    /// - Parameters:
    ///   - form: The form.
    ///   - field: The field with the name.
    init(_ form: PageForm, name field: String = "name") {
        var errors: [String: String] = [:]
        do throws(Rejection) { name = try SiteName(parsing: form[field].lowercased().utf8Span.span) } catch {
            (name, errors[field]) = (nil, error.reason.rawValue)
        }
        var hostnames: [Hostname] = []
        for (field, text) in ["hostname", "hostnames"].flatMap({ name in form.lines(name).map { (name, $0) } }) {
            if let hostname = Hostname(text) {
                hostnames.append(hostname)
            } else {
                errors[field] = "\(text) is no host such as example.com or *.example.com"
            }
        }
        self.hostnames = hostnames
        zone = form["timezone"].isEmpty ? nil : form["timezone"]
        self.errors = errors
    }
}
