/// The order of the lines of a list.
struct ViewOrder: Equatable, Sendable {
    /// True for the order of names, false for the greatest figures first.
    var isByName = false
    var isReversed = false

    /// The name for people.
    var title: String { "by \(isByName ? "name" : "figure")\(isReversed ? ", reversed" : "")" }

    /// Puts elements in this order; equal ones stay as they are.
    ///
    /// - Parameters:
    ///   - elements: The elements.
    ///   - name: The name of one.
    ///   - figure: The figure of one.
    /// - Returns: The elements.
    func sorted<Element>(_ elements: [Element], name: (Element) -> String, figure: (Element) -> Double) -> [Element] {
        let sorted = elements.sorted { first, second in
            isByName ? name(first) < name(second) : figure(first) > figure(second)
        }
        return isReversed ? sorted.reversed() : sorted
    }
}
