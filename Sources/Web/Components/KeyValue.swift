/// Names with their values.
struct KeyValue: Component {
    let pairs: [(String, HTML)]

    init(_ pairs: [(String, HTML)]) { self.pairs = pairs }

    var html: HTML {
        let rows: [HTML] = pairs.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>" }
        return "<dl class=\"pairs\">\(rows)</dl>"
    }
}
