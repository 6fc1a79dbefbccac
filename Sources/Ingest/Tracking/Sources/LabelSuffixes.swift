/// The ends of a host that begin with a label, the longest first: of `a.b.example` itself, `b.example` and `example`.
struct LabelSuffixes: Sequence, IteratorProtocol {
    private var rest: Substring?
    private let limit: Int

    /// Prepares for a host.
    ///
    /// - Parameters:
    ///   - host: The host.
    ///   - limit: The most bytes of an end; longer ones are left out.
    init(of host: Substring, upTo limit: Int) {
        rest = host
        self.limit = limit
    }

    mutating func next() -> Substring? {
        while let suffix = rest {
            let dot = suffix.utf8.firstIndex(of: UInt8(ascii: "."))
            rest = dot.map { suffix[suffix.utf8.index(after: $0)...] }
            if suffix.utf8.count <= limit { return suffix }
        }
        return nil
    }
}
