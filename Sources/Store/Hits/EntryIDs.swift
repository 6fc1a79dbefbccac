import Analytics

/// An entry of a site's dictionary.
struct SiteEntry: Hashable, Sendable {
    let site: SiteID
    let entry: DictionaryEntry
}

/// The ids of the dictionaries' entries that the hits of a batch refer to.
struct EntryIDs: Sendable {
    private var ids: [SiteEntry: Int32] = [:]

    /// The id of an entry; nil for one that no hit of the batch refers to.
    subscript(_ entry: DictionaryEntry, of site: SiteID) -> Int32? { ids[SiteEntry(site: site, entry: entry)] }

    subscript(_ entry: SiteEntry) -> Int32? {
        get { ids[entry] }
        set { ids[entry] = newValue }
    }
}

extension Batch {
    /// The entries that the hits refer to.
    var dictionaryEntries: Set<SiteEntry> {
        var all: Set<SiteEntry> = []
        for entry in entries {
            for hit in entry.hits {
                for column in Hit.columns {
                    guard case .entry = column.kind, case .entry(let value) = column.value(hit) else { continue }
                    all.insert(SiteEntry(site: hit.site, entry: value))
                }
            }
        }
        return all
    }
}
