/// The codes of a lexicon that the visits or the hits of a block have in columns.
///
/// Each is gathered once for all queries of a pass: a block has runs of each part, and going through them for each card
/// took a quarter of the time of a dashboard. By the code of a lexicon one table for all parts tells the value of a
/// dimension, and so small a table stays in the cache.
struct BlockCodes {
    private struct Element {
        let column: Column
        let scope: AttributeValues.Scope
        let codes: [UInt32]
    }

    private var elements: [Element] = []

    /// The codes by visit, or for the scope of hits by hit.
    ///
    /// - Parameters:
    ///   - column: The column.
    ///   - scope: The hits whose codes count.
    ///   - dictionaries: The dictionaries of the column, by part.
    ///   - block: The block, always the same one.
    ///   - parts: All parts.
    /// - Returns: The codes.
    mutating func codes(
        of column: Column,
        _ scope: AttributeValues.Scope,
        _ dictionaries: [[UInt32]],
        in block: VisitBlock,
        _ parts: [Part]
    ) -> [UInt32] {
        if let known = elements.first(where: { $0.column == column && $0.scope == scope }) { return known.codes }
        let codes: [UInt32]
        switch block.values(of: .column(column), scope, dictionaries, parts) {
        case .visits(let found), .hits(let found): codes = found
        }
        elements.append(Element(column: column, scope: scope, codes: codes))
        return codes
    }
}
