/// A project that rules come from.
package struct RulesSource: Hashable, Sendable, Decodable, CustomStringConvertible {
    package let name: String
    package let version: String
    /// The commit, if it is known.
    package let revision: String?

    package var description: String {
        "\(name) \(version)"
    }
}
