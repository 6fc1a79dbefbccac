/// A question in SQL that comes with the program: a file in `sql/queries/public/` or `sql/queries/private/`.
package struct ShippedQuery: Sendable {
    /// `public` or `private`.
    package let folder: String
    /// The name of the file without its ending.
    package let name: String
    package let text: String

    /// All of them, in the order of their paths.
    package static let all = SQL.texts.compactMap { path, text in
        let parts = path.split(separator: "/")
        guard parts.count == 3, parts[0] == "queries", parts[2].hasSuffix(".sql") else { return nil as ShippedQuery? }
        return ShippedQuery(folder: String(parts[1]), name: String(parts[2].dropLast(4)), text: text)
    }
}
