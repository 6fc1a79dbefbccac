/// Metrics in Prometheus' text format 0.0.4.
struct Metrics: Sendable {
    /// A value, with the labels that tell it from others of its name.
    struct Sample: Equatable, Sendable {
        let labels: [String: String]
        let value: Double
    }

    /// The most lines that are read.
    private static let mostLines = 50_000

    private var samples: [String: [Sample]] = [:]

    /// Reads the text; lines of another form are left out.
    init(_ text: String) {
        for line in text.split(separator: "\n").prefix(Self.mostLines) where line.first != "#" {
            guard let (name, sample) = Self.sample(line) else { continue }
            samples[name, default: []].append(sample)
        }
    }

    /// The values of a name, in the order of the text.
    subscript(name: String) -> [Sample] { samples[name] ?? [] }

    /// The sum of the values of a name; nil if there are none.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - isCounted: Chooses values by their labels.
    /// - Returns: The sum.
    func sum(_ name: String, where isCounted: ([String: String]) -> Bool = { _ in true }) -> Double? {
        let found = self[name].filter { isCounted($0.labels) }
        return found.isEmpty ? nil : found.reduce(0) { $0 + $1.value }
    }

    private static func sample(_ line: Substring) -> (String, Sample)? {
        var rest = line
        let name = rest.prefix { $0 != "{" && $0 != " " }
        rest = rest.dropFirst(name.count)
        var labels: [String: String] = [:]
        if rest.first == "{" {
            guard let end = Self.labels(&rest, into: &labels) else { return nil }
            rest = rest[end...]
        }
        guard let value = rest.split(separator: " ").first.flatMap({ Double($0) }), value.isFinite else { return nil }
        return (String(name), Sample(labels: labels, value: value))
    }

    /// Reads labels in braces.
    ///
    /// - Parameters:
    ///   - text: The text from the brace on.
    ///   - labels: Gets the labels.
    /// - Returns: The place behind the closing brace; nil if the text is malformed.
    private static func labels(_ text: inout Substring, into labels: inout [String: String]) -> Substring.Index? {
        var name = ""
        var value = ""
        var isQuoted = false
        var isEscaped = false
        for index in text.indices.dropFirst() {
            let character = text[index]
            switch (isQuoted, isEscaped, character) {
            case (true, true, _):
                value.append(character == "n" ? "\n" : character)
                isEscaped = false
            case (true, false, "\\"): isEscaped = true
            case (true, false, "\""):
                isQuoted = false
                labels[name] = value
                (name, value) = ("", "")
            case (true, false, _): value.append(character)
            case (false, _, "\""): isQuoted = true
            case (false, _, "}"): return text.index(after: index)
            case (false, _, "="), (false, _, ","), (false, _, " "): break
            case (false, _, _): name.append(character)
            }
        }
        return nil
    }
}
