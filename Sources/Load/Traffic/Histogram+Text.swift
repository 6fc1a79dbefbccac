extension Histogram {
    func milliseconds(_ share: Double) -> String {
        (Double(quantile(share)) / 1e6).text(digits: 3)
    }
}
