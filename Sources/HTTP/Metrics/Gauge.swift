/// A value measured at the time of the query.
package struct Gauge: Exposable {
    private let name: String
    private let help: String
    private let value: Double
    private let pairs: [(String, String)]
    private let type: String

    package init(
        name: String,
        help: String,
        value: Double,
        pairs: [(String, String)] = [],
        type: String = "gauge"
    ) {
        self.name = name
        self.help = help
        self.value = value
        self.pairs = pairs
        self.type = type
    }

    package var exposition: String {
        header(name, help, type) + "\(name)\(labelText(pairs)) \(value)\n"
    }
}

/// Values with different labels, measured at the time of the query.
package struct GaugeFamily: Exposable {
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

    package var exposition: String {
        header(name, help, type) + values.map { "\(name)\(labelText($0.pairs)) \($0.value)\n" }.joined()
    }
}
