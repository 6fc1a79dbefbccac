extension CodeColumn {
    /// Puts ranges of rows of two columns one after another; codes that no row has are left out.
    ///
    /// - Parameters:
    ///   - pieces: The ranges, each with the column that it is of.
    ///   - known: The column of the ranges that are not fresh.
    ///   - fresh: The other column.
    init(splicing pieces: [(isFresh: Bool, rows: Range<Int>)], of known: CodeColumn, and fresh: CodeColumn) {
        let dictionary = Self.union(known.dictionary, fresh.dictionary)
        let count = pieces.reduce(0) { $0 + $1.rows.count }
        func spliced<Number: FixedWidthInteger>(_: Number.Type) -> CodeColumn {
            let tables = (
                known: Self.table(known.dictionary, in: dictionary, Number.self),
                fresh: Self.table(fresh.dictionary, in: dictionary, Number.self)
            )
            var places: [Number] = []
            places.reserveCapacity(count)
            for piece in pieces {
                let column = piece.isFresh ? fresh : known
                column.places.append(piece.rows, to: &places, piece.isFresh ? tables.fresh : tables.known)
            }
            return Self.compacted(dictionary, places)
        }
        self =
            if dictionary.count <= 1 << 8 {
                spliced(UInt8.self)
            } else if dictionary.count <= 1 << 16 {
                spliced(UInt16.self)
            } else {
                spliced(UInt32.self)
            }
    }

    /// The codes of two dictionaries, in ascending order.
    private static func union(_ one: [UInt32], _ other: [UInt32]) -> [UInt32] {
        var codes: [UInt32] = []
        codes.reserveCapacity(one.count + other.count)
        var (left, right) = (0, 0)
        while left < one.count || right < other.count {
            let isLeft = right == other.count || (left < one.count && one[left] <= other[right])
            let code = isLeft ? one[left] : other[right]
            if left < one.count, one[left] == code { left += 1 }
            if right < other.count, other[right] == code { right += 1 }
            codes.append(code)
        }
        return codes
    }

    /// The places that the codes of a dictionary have in a larger one; nil if they are the same.
    private static func table<Number: FixedWidthInteger>(
        _ codes: [UInt32],
        in dictionary: [UInt32],
        _: Number.Type
    ) -> [Number]? {
        guard codes.count < dictionary.count else { return nil }
        var (table, place): ([Number], Int) = ([], 0)
        table.reserveCapacity(codes.count)
        for code in codes {
            while dictionary[place] != code { place += 1 }
            table.append(Number(truncatingIfNeeded: place))
        }
        return table
    }

    /// Leaves out the codes of a dictionary to which no place refers, but for that of no value.
    private static func compacted<Number: FixedWidthInteger>(
        _ dictionary: [UInt32],
        _ places: [Number]
    ) -> CodeColumn {
        var isUsed = [Bool](repeating: false, count: dictionary.count)
        isUsed[0] = true
        for place in places { isUsed[Int(place)] = true }
        guard isUsed.contains(false) else {
            return CodeColumn(dictionary: dictionary, places: SmallIntegers(places, below: dictionary.count))
        }
        var (table, codes): ([Number], [UInt32]) = ([], [])
        for (code, isUsed) in zip(dictionary, isUsed) {
            table.append(Number(truncatingIfNeeded: codes.count))
            if isUsed { codes.append(code) }
        }
        let compacted = places.map { table[Int($0)] }
        return CodeColumn(dictionary: codes, places: SmallIntegers(compacted, below: codes.count))
    }
}

extension SmallIntegers {
    /// - Parameters:
    ///   - numbers: The numbers.
    ///   - limit: The number below which all of them are.
    fileprivate init(_ numbers: [some FixedWidthInteger], below limit: Int) {
        if limit <= 1 << 8 {
            self = .bytes(numbers.map { UInt8(truncatingIfNeeded: $0) })
        } else if limit <= 1 << 16 {
            self = .shorts(numbers.map { UInt16(truncatingIfNeeded: $0) })
        } else {
            self = .words(numbers.map { UInt32(truncatingIfNeeded: $0) })
        }
    }

    /// Adds some of the numbers to others.
    ///
    /// - Parameters:
    ///   - rows: The rows of the numbers.
    ///   - result: The others.
    ///   - table: What each number becomes; nil if it stays the same.
    fileprivate func append<Number: FixedWidthInteger>(
        _ rows: Range<Int>,
        to result: inout [Number],
        _ table: [Number]?
    ) {
        switch self {
        case .bytes(let numbers): Self.append(numbers[rows], to: &result, table)
        case .shorts(let numbers): Self.append(numbers[rows], to: &result, table)
        case .words(let numbers): Self.append(numbers[rows], to: &result, table)
        }
    }

    private static func append<Number: FixedWidthInteger>(
        _ numbers: ArraySlice<some FixedWidthInteger>,
        to result: inout [Number],
        _ table: [Number]?
    ) {
        if let table {
            for number in numbers { result.append(table[Int(number)]) }
        } else {
            for number in numbers { result.append(Number(truncatingIfNeeded: number)) }
        }
    }
}
