package import Analytics

/// For each value of a dimension whether it passes a test.
package struct Mask: Sendable {
    /// By the place of the value among the texts of the dimension, of which the first is no value.
    package let passes: [Bool]

    package init(_ passes: [Bool]) { self.passes = passes }

    /// Compares texts by their bytes.
    ///
    /// - Parameters:
    ///   - test: A test that needs no database: one by patterns, or one that ignores case, has to be asked there.
    ///   - texts: The values of its dimension.
    package init(_ test: Filter.Test, over texts: [String?]) {
        let wanted = test.values.map { Array($0.utf8) }
        let set = Set(wanted)
        self.init(test, over: texts) { text in
            let bytes = Array(text.utf8)
            return test.comparison == .equals ? set.contains(bytes) : wanted.contains { bytes.holds($0) }
        }
    }

    /// Makes the mask of a test from what compares.
    ///
    /// A property has to be there to contain or match a text, or not to do so; any other dimension without a value
    /// contains and matches nothing.
    package init(_ test: Filter.Test, over texts: [String?], where compares: (String) -> Bool) {
        let blank = test.dimension.blank
        passes = texts.map { text in
            if let text { return compares(text) != test.isNegated }
            if test.comparison == .equals {
                return (test.values.contains(blank) || test.values.contains("")) != test.isNegated
            }
            if case .property = test.dimension { return false }
            return test.isNegated
        }
    }
}

extension [UInt8] {
    /// True if other bytes stand somewhere in these.
    fileprivate func holds(_ other: [UInt8]) -> Bool {
        guard let first = other.first else { return true }
        guard count >= other.count else { return false }
        return (0...(count - other.count)).contains { start in
            self[start] == first && self[start..<(start + other.count)].elementsEqual(other)
        }
    }
}
