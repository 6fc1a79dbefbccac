import Ingest

/// A parameter of the address of a page.
struct AddressParameter: Sendable {
    /// The name and the value as they are written, such as `filter=page==/a%2Cb`.
    let text: Substring
    /// The name, decoded; as it is written where it is no text.
    let name: String
    /// The value as it is written; nil without a `=`.
    let written: Substring?

    /// The value, decoded; nil without one, and where it is no text.
    var value: String? { written.flatMap(\.percentDecoded) }

    /// Splits a query string.
    ///
    /// - Parameter query: The query string, still encoded.
    /// - Returns: Its parameters in the order in which they stand.
    static func all(in query: String) -> [AddressParameter] {
        query.split(separator: "&").map { pair in
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = halves[0].percentDecoded ?? String(halves[0])
            return AddressParameter(text: pair, name: name, written: halves.dropFirst().first)
        }
    }
}
