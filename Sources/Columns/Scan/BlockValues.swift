/// A value for each visit of a block, or for each of its hits.
enum BlockValues<Value> {
    case visits([Value])
    case hits([Value])
}

extension VisitBlock {
    /// The values that visits or hits have in a dimension.
    ///
    /// - Parameters:
    ///   - source: Where the entries of the dictionaries are.
    ///   - scope: The hits whose entries count.
    ///   - tables: The value of each entry, by part; the first entry is no value.
    ///   - parts: All parts.
    /// - Returns: The values.
    /// - Precondition: For values of hits their rows were found.
    func values<Value>(
        of source: AttributeValues.Source,
        _ scope: AttributeValues.Scope,
        _ tables: [[Value]],
        _ parts: [Part]
    ) -> BlockValues<Value> {
        guard let piece = pieces.first else { return .visits([]) }
        let isOfHits = scope == .hit
        var values = Array(repeating: tables[piece.part][0], count: isOfHits ? hitCount : count)
        for (number, piece) in pieces.enumerated() {
            let (part, table) = (parts[piece.part], tables[piece.part])
            switch source {
            case .properties: describe(piece, part.hits, table, &values)
            case .visitors(let places): name(piece, part.runs, places, table, &values)
            case .column(let column):
                switch part.codes[column.rawValue].places {
                case .bytes(let codes): take(codes, scope, number, part, table, &values)
                case .shorts(let codes): take(codes, scope, number, part, table, &values)
                case .words(let codes): take(codes, scope, number, part, table, &values)
                }
            }
        }
        return isOfHits ? .hits(values) : .visits(values)
    }

    private func take<Code: UnsignedInteger & FixedWidthInteger, Value>(
        _ codes: [Code],
        _ scope: AttributeValues.Scope,
        _ number: Int,
        _ part: Part,
        _ table: [Value],
        _ values: inout [Value]
    ) {
        let piece = pieces[number]
        switch scope {
        case .hit: take(codes, hits(ofPieceAt: number), table, &values)
        case .visit:
            let (places, runs, codes, table) = (places.span, runs.span, codes.span, table.span)
            var values = values.mutableSpan
            for entry in piece.entries { values[Int(places[entry])] = table[Int(codes[Int(runs[entry])])] }
        // All columns of a part would be retained, by which the threads of a scan hold each other up.
        case .entry: take(codes, part.runs.entries, piece, table, &values)
        case .exit: take(codes, part.runs.exits, piece, table, &values)
        }
    }

    private func take<Code: UnsignedInteger & FixedWidthInteger, Value>(
        _ codes: [Code],
        _ hits: Range<Int>,
        _ table: [Value],
        _ values: inout [Value]
    ) {
        let (rows, places, codes, table) = (hitRows.span, hitPlaces.span, codes.span, table.span)
        var values = values.mutableSpan
        for index in hits { values[Int(places[index])] = table[Int(codes[Int(rows[index])])] }
    }

    /// Takes the values of a page view of each visit, whose place is counted from the first hit, and is -1 for none.
    private func take<Code: UnsignedInteger & FixedWidthInteger, Value>(
        _ codes: [Code],
        _ pages: [Int32],
        _ piece: Piece,
        _ table: [Value],
        _ values: inout [Value]
    ) {
        guard !isLoose else { return }
        let (places, firsts, runs) = (places.span, firsts.span, runs.span)
        let (codes, table, pages) = (codes.span, table.span, pages.span)
        var values = values.mutableSpan
        for entry in piece.entries {
            let (visit, page) = (Int(places[entry]), pages[Int(runs[entry])])
            if page >= 0 { values[visit] = table[Int(codes[Int(firsts[visit] + page)])] }
        }
    }

    private func describe<Value>(_ piece: Piece, _ hits: HitColumns, _ table: [Value], _ values: inout [Value]) {
        guard !hits.described.isEmpty else { return }
        for entry in piece.entries {
            let visit = Int(places[entry])
            let first = Int(firsts[visit])
            let places = self.hits(of: visit)
            var next = hits.described.place(notBefore: first)
            while next < hits.described.count, Int(hits.described[next]) < first + places.count {
                values[places.lowerBound + Int(hits.described[next]) - first] = table[Int(hits.props[next]) + 1]
                next += 1
            }
        }
    }

    private func name<Value>(
        _ piece: Piece,
        _ runs: RunColumns,
        _ names: [UInt64: UInt32],
        _ table: [Value],
        _ values: inout [Value]
    ) {
        guard !isLoose else { return }
        for entry in piece.entries {
            let name = names[runs.visitors[Int(self.runs[entry])]] ?? 0
            values[Int(places[entry])] = table[Int(name)]
        }
    }
}
