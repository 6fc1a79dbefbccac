import Testing

@testable import Analytics

struct DictionaryEntryTests {
    /// `é` as one scalar and as two are equal for Swift, but two texts for the database.
    @Test(arguments: DictionaryKind.allCases)
    func isEqualByBytes(kind: DictionaryKind) {
        let count = kind.fields?.count ?? 1
        for field in 0..<count {
            var texts = [String?](repeating: "a", count: count)
            // The entry of a dictionary of single texts is none without the text.
            let entries = ["é", "e\u{301}", "x", nil].compactMap { text in
                texts[field] = text
                return DictionaryEntry(kind, texts: texts)
            }
            #expect(Set(entries).count == entries.count)
            for (place, entry) in entries.enumerated() {
                #expect(entries.firstIndex(of: entry) == place)
            }
        }
    }
}
