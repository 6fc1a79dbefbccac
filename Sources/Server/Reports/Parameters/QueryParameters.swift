import Ingest

/// The parameters of a URL, decoded, in the order in which they stand.
struct QueryParameters: Sequence {
    private var pairs: [(name: String, value: String)] = []

    /// - Parameter query: The query string, still encoded.
    /// - Throws: A `QueryRefusal`
    init(_ query: String) throws(QueryRefusal) {
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = parts[0].percentDecoded, let value = (parts.dropFirst().first ?? "").percentDecoded else {
                throw QueryRefusal("query", "'\(pair)' is no text in percent-encoded UTF-8")
            }
            pairs.append((name, value))
        }
    }

    func makeIterator() -> some IteratorProtocol<(name: String, value: String)> { pairs.makeIterator() }
}
