extension [Range<Int>] {
    /// Adds a range, none of which is before the last one; it joins that one if there is no gap between them.
    mutating func append(joining range: Range<Int>) {
        if let last, last.upperBound >= range.lowerBound {
            self[count - 1] = last.lowerBound..<range.upperBound
        } else {
            append(range)
        }
    }
}
