/// A pattern of a whole text, in which `*`, and `**` alike, stand for any text.
package struct Wildcard: Sendable {
    private let pattern: [UInt8]
    private static let star = UInt8(ascii: "*")

    package init(_ pattern: String) { self.pattern = Array(pattern.utf8) }

    /// Compares by bytes, in time proportional to the product of the lengths.
    package func matches(_ text: String) -> Bool {
        let text = Array(text.utf8)
        var (place, next) = (0, 0)
        /// The place after the last star, and the place up to which the star reaches.
        var last: (next: Int, reach: Int)?
        while place < text.count {
            if next < pattern.count, pattern[next] == Self.star {
                next += 1
                last = (next, place)
            } else if next < pattern.count, pattern[next] == text[place] {
                next += 1
                place += 1
            } else if let star = last {
                last = (star.next, star.reach + 1)
                (next, place) = (star.next, star.reach + 1)
            } else {
                return false
            }
        }
        return pattern[next...].allSatisfy { $0 == Self.star }
    }
}
