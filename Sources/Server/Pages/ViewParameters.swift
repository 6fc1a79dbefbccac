import Analytics

/// The parameters that only some page has, apart from those of the dashboard.
struct ViewParameters {
    /// The values by their places in the address, decoded; those that are no text are empty.
    private let values: [(name: String, value: String)]
    /// The other parameters, still encoded.
    let rest: String

    /// - Parameters:
    ///   - query: The query string, still encoded.
    ///   - names: The parameters of the page.
    init(_ query: String, _ names: Set<String>) {
        var (values, rest): ([(String, String)], [Substring]) = ([], [])
        for parameter in AddressParameter.all(in: query) {
            if names.contains(parameter.name) {
                values.append((parameter.name, parameter.value ?? ""))
            } else {
                rest.append(parameter.text)
            }
        }
        self.values = values
        self.rest = rest.joined(separator: "&")
    }

    /// All values of a parameter.
    func all(_ name: String) -> [String] { values.filter { $0.name == name }.map(\.value) }

    /// The last value of a parameter; nil without one, and for an empty one.
    func last(_ name: String) -> String? { all(name).last { !$0.isEmpty } }

    /// The page that a parameter names; nil without one, and for a text that is too long.
    func page() -> String? {
        last("page").flatMap { 1...Query.limits.patternBytes ~= $0.utf8.count && !$0.utf8.contains(0) ? $0 : nil }
    }
}
