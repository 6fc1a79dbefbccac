/// Texts, each once, by their bytes: texts that are canonically equivalent are different values.
struct DistinctTexts: Sendable {
    private(set) var texts: [String?] = [nil]
    private var places: [[UInt8]: UInt32] = [:]

    mutating func place(of text: String?) -> UInt32 {
        guard let text else { return 0 }
        let bytes = Array(text.utf8)
        if let known = places[bytes] { return known }
        let place = UInt32(texts.count)
        places[bytes] = place
        texts.append(text)
        return place
    }
}
