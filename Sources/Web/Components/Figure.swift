/// A whole number with its digits in groups of three.
struct Figure: Component {
    let number: Int

    init(_ number: Int) { self.number = number }

    var html: HTML { "\(text)" }

    /// The digits in groups, as plain text.
    var text: String {
        let digits = Array("\(number.magnitude)")
        let grouped = digits.enumerated().map { index, digit in
            index > 0 && (digits.count - index).isMultiple(of: 3) ? ",\(digit)" : "\(digit)"
        }
        return "\(number < 0 ? "−" : "")\(grouped.joined())"
    }
}
