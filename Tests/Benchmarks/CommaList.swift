import ArgumentParser

/// An argument of several values separated by commas.
struct CommaList<Element: ExpressibleByArgument & Sendable>: ExpressibleByArgument, Sendable {
    let elements: [Element]

    init(_ elements: [Element]) {
        self.elements = elements
    }

    init?(argument: String) {
        let parts = argument.split(separator: ",")
        elements = parts.compactMap { Element(argument: String($0)) }
        guard !elements.isEmpty, elements.count == parts.count else { return nil }
    }

    var defaultValueDescription: String {
        elements.map(\.defaultValueDescription).joined(separator: ",")
    }
}
