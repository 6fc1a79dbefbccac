/// A pattern that does not compile, and so is never found.
package struct SkippedPattern: Hashable, Sendable, CustomStringConvertible {
    /// A list of patterns, by its name in the file.
    package enum List: String, Sendable {
        case agents, systems, bots, crawlers, devices
    }

    package let list: List
    package let pattern: String
    package let reason: String

    package var description: String {
        "\(list.rawValue): \(pattern): \(reason)"
    }
}

extension [SkippedPattern] {
    /// Compiles a pattern, or adds it to those that are skipped and returns nil.
    mutating func compile(_ text: String, for list: SkippedPattern.List, ignoresCase: Bool = false) -> Pattern? {
        do throws(Pattern.Malformed) {
            return try Pattern(text, ignoresCase: ignoresCase)
        } catch {
            append(SkippedPattern(list: list, pattern: text, reason: error.reason))
            return nil
        }
    }
}
