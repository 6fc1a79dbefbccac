extension Double {
    /// Decimal digits without an exponent.
    package func text(digits: Int) -> String {
        let scale = (0..<digits).reduce(1) { product, _ in product * 10 }
        guard let scaled = Int(exactly: (magnitude * Double(scale)).rounded()) else { return "\(self)" }
        let fraction = String(scaled % scale + scale).dropFirst()
        return (self < 0 && scaled > 0 ? "-" : "") + "\(scaled / scale)" + (digits > 0 ? "." + fraction : "")
    }
}
