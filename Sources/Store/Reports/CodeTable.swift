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

    /// The entries of the lexicon: by code, and none first.
    func entries<Entry>(_ found: [Int: Entry]) -> [Entry?] { [nil] + ids.map { found[$0] } }
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
