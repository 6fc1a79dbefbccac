import Analytics
import Postgres

extension PostgresStore {
    /// Finds the ids of the entries that the hits of a batch refer to, and adds those that the dictionaries lack.
    ///
    /// Entries are committed before the batch: one without hits does no harm, and the batch of another server need not
    /// wait for the whole of this one.
    func entryIDs(of batch: Batch, _ connection: Connection) async throws -> EntryIDs {
        var finding = dictionaries.find(batch)
        guard !finding.missing.isEmpty else { return finding.ids }
        for dictionary in DictionaryKind.allCases {
            let own = finding.missing.keys.filter { $0.entry.kind == dictionary }
            guard !own.isEmpty else { continue }
            let rows = try await connection.execute(FindEntries(dictionary: dictionary, entries: own))
            for row in rows where own.indices.contains(row.place) {
                let entry = own[row.place]
                for slot in finding.missing[entry] ?? [] { finding.ids[slot] = row.id }
                // The site's limit may be raised, and then the entry gets an id of its own.
                if !row.isOther { dictionaries.add(row.id, of: entry, generation: finding.generation) }
            }
        }
        return finding.ids
    }
}
