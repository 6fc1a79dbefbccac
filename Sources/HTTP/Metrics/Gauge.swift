/// Values measured at the time of the query; they differ in their labels.
package struct Gauge: Exposable {
    private let name: String
    private let help: String
    private let type: String
    private let values: [(pairs: [(String, String)], value: Double)]

    package init(
        name: String,
        help: String,
        type: String = "gauge",
        values: [(pairs: [(String, String)], value: Double)]
    ) {
        self.name = name
        self.help = help
        self.type = type
        self.values = values
    }

    /// A gauge with a single value.
    package init(
        name: String,
        help: String,
        value: Double,
        pairs: [(String, String)] = [],
        type: String = "gauge"
    ) {
        self.init(name: name, help: help, type: type, values: [(pairs, value)])
    }

    package var exposition: String {
        header(name, help, type) + values.map { "\(name)\(labelText($0.pairs)) \($0.value)\n" }.joined()
    }
}
