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
        // In the order of the dictionaries, so that two writers do not deadlock.
        let missing = DictionaryKind.allCases
            .map { kind in finding.missing.filter { $0.key.entry.kind == kind } }
            .filter { !$0.isEmpty }
        let wanted = missing.map(Array.init)
        let found = try await connection.pipeline(
            wanted.map { entries in
                FindEntries(
                    dictionary: entries[0].key.entry.kind,
                    entries: entries.map(\.key),
                    areLimited: entries.map(\.value.isLimited)
                )
            }
        )
        for (entries, rows) in zip(wanted, found) {
            for row in rows where entries.indices.contains(row.place) {
                let (entry, missing) = entries[row.place]
                for slot in missing.slots { finding.ids[slot] = row.id }
                // A limit is one of a minute, or may be raised, and then the entry gets an id of its own.
                if !row.isOther { dictionaries.add(row.id, of: entry, generation: finding.generation) }
            }
        }
        return finding.ids
    }
}
