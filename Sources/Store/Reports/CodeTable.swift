/// The codes that ids of a dictionary get in a lexicon, in the order in which they are met; 0 is no value.
struct CodeTable: Sendable {
    /// The ids by their codes, from 1 on.
    private(set) var ids: [Int] = []
    private var codes: [Int: UInt32] = [:]

    mutating func code(of id: Int?) -> UInt32 {
        guard let id else { return 0 }
        if let code = codes[id] { return code }
        ids.append(id)
        codes[id] = UInt32(ids.count)
        return UInt32(ids.count)
    }

    /// The ids whose codes are not below a number, which is at least 1.
    func ids(after known: Int) -> [Int] { Array(ids.dropFirst(known - 1)) }

    /// The entries of the lexicon by code, from a number on, which is at least 1.
    func entries<Entry>(after known: Int, _ found: [Int: Entry]) -> [Entry?] { ids(after: known).map { found[$0] } }
}

/// The codes that texts get in a lexicon, in the order in which they are met; 0 is no value.
struct TextCodes: Sendable {
    /// The texts by their codes.
    private(set) var texts: [String?] = [nil]
    private var codes: [String: UInt32] = [:]

    mutating func code(of text: String) -> UInt32 {
        if let code = codes[text] { return code }
        let code = UInt32(texts.count)
        codes[text] = code
        texts.append(text)
        return code
    }
}
