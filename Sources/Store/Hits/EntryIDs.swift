import Analytics

/// An entry of a site's dictionary.
struct SiteEntry: Hashable, Sendable {
    let site: SiteID
    let entry: DictionaryEntry
}

/// The ids of the dictionaries' entries that the hits of a batch refer to.
struct EntryIDs: Sendable {
    /// A place in the ids: a hit and a dictionary.
    typealias Slot = Int

    private static let width = DictionaryKind.allCases.count
    /// The ids of one hit after another, in the order of the dictionaries; 0 for none, since ids begin with 1.
    private var ids: [Int32] = []

    /// - Parameter hits: The number of hits of the batch.
    init(hits: Int = 0) {
        ids = Array(repeating: 0, count: hits * Self.width)
    }

    /// The id of the entry that a hit refers to; nil if it refers to none.
    ///
    /// - Parameters:
    ///   - hit: The place of the hit among all hits of the batch.
    ///   - dictionary: The dictionary.
    subscript(_ hit: Int, _ dictionary: DictionaryKind) -> Int32? {
        let slot = Self.slot(hit, dictionary)
        guard ids.indices.contains(slot), ids[slot] > 0 else { return nil }
        return ids[slot]
    }

    subscript(_ slot: Slot) -> Int32 {
        get { ids[slot] }
        set { ids[slot] = newValue }
    }

    static func slot(_ hit: Int, _ dictionary: DictionaryKind) -> Slot { hit * width + dictionary.place }
}

extension DictionaryKind {
    /// The place among all dictionaries.
    fileprivate var place: Int {
        switch self {
        case .name: 0
        case .host: 1
        case .path: 2
        case .title: 3
        case .place: 4
        case .agent: 5
        case .origin: 6
        }
    }
}
