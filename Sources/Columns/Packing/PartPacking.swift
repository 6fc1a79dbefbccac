package import Analytics

/// Parts as bytes, in which texts are named by their ids in the database.
///
/// The bytes begin with the version of the format. Numbers are LEB128; times and visitors are differences from the one
/// before, so that they are short, and a compressor finds what repeats.
extension Part {
    /// The version of the format, by which parts of another one are told.
    private static let format: UInt64 = 1
    /// The day before the year 10000.
    private static let lastDay = 2_932_896

    /// The bytes of the part.
    ///
    /// - Parameters:
    ///   - lexicon: The texts of the codes.
    ///   - id: The id of a code of a dictionary.
    /// - Returns: The bytes.
    package func packed(_ lexicon: Lexicon, id: (DictionaryKind, UInt32) -> Int) -> [UInt8] {
        var writer = NumberWriter()
        writer.put(Self.format)
        writer.put(UInt64(clamping: day))
        writer.put(UInt64(runs.count))
        writer.put(UInt64(loose.count))
        var visitor: UInt64 = 0
        for run in 0..<runs.count {
            writer.put(runs.visitors[run] - visitor)
            visitor = runs.visitors[run]
            writer.put(UInt64(hits(of: run).count) << 1 | (runs.isDated(run) ? 1 : 0))
        }
        for run in 0..<runs.count { hits.pack(hits(of: run), &writer) }
        for hit in loose { hits.pack(hit..<hit + 1, &writer) }
        for column in Column.allCases {
            self[column].pack(&writer) { code in code == 0 ? 0 : UInt64(clamping: id(column.dictionary, code))
            }
        }
        hits.packDetails(lexicon.currencies, &writer)
        return writer.bytes
    }

    /// Reads the bytes of a part.
    ///
    /// - Parameters:
    ///   - bytes: The bytes.
    ///   - code: The code of an id of a dictionary.
    ///   - currency: The code of a currency.
    /// - Throws: `PackedPartError` if they are of another format, or damaged.
    package init(
        packed bytes: [UInt8],
        code: (DictionaryKind, Int) -> UInt32,
        currency: (String) -> UInt32
    ) throws(PackedPartError) {
        var reader = NumberReader(bytes)
        guard try reader.number() == Self.format else { throw .otherFormat }
        guard let day = Int(exactly: try reader.number()), day <= Self.lastDay else { throw .damaged }
        let (runCount, looseCount) = (try reader.count(), try reader.count())
        var heads: [RunHead] = []
        heads.reserveCapacity(runCount)
        var visitor: UInt64 = 0
        for _ in 0..<runCount {
            let (next, isBeyond) = visitor.addingReportingOverflow(try reader.number())
            guard !isBeyond else { throw .damaged }
            visitor = next
            let length = try reader.number()
            heads.append(RunHead(visitor: visitor, length: Int(clamping: length >> 1), isDated: length & 1 == 1))
        }
        var (hits, runs) = (HitColumns(), RunColumns())
        // Each hit takes two bytes at least, and lengths may be damaged.
        hits.reserve(min(max(0, heads.reduce(looseCount) { $0 &+ $1.length }), bytes.count / 2))
        for head in heads { try hits.unpack(head, into: &runs, day: day, &reader) }
        for _ in 0..<looseCount { try hits.unpackLoose(&reader) }
        var codes: [CodeColumn] = []
        for column in Column.allCases {
            let rows = column.isOfHits ? hits.count : runCount + looseCount
            codes.append(try CodeColumn(rows, &reader) { id in id == 0 ? 0 : code(column.dictionary, id) })
        }
        try hits.unpackDetails(&reader, currency)
        guard reader.isAtEnd else { throw .damaged }
        self.init(day: day, hits: hits, runs: runs, codes: codes)
    }
}

/// The reason that bytes are no part.
package enum PackedPartError: Error {
    case otherFormat
    case damaged
}

/// What is packed of a run; the rest follows from its hits.
struct RunHead {
    let visitor: UInt64
    let length: Int
    let isDated: Bool
}

extension Column {
    /// The dictionary of the database whose ids it has.
    var dictionary: DictionaryKind {
        switch self {
        case .name: .name
        case .host: .host
        case .path: .path
        case .title: .title
        case .place: .place
        case .agent: .agent
        case .origin: .origin
        }
    }
}

extension CodeColumn {
    fileprivate func pack(_ writer: inout NumberWriter, id: (UInt32) -> UInt64) {
        writer.put(UInt64(dictionary.count))
        for code in dictionary { writer.put(id(code)) }
        for row in 0..<places.count { writer.put(UInt64(places[row])) }
    }

    fileprivate init(_ rows: Int, _ reader: inout NumberReader, code: (Int) -> UInt32) throws(PackedPartError) {
        let size = try reader.count()
        guard size > 0 else { throw .damaged }
        var dictionary: [UInt32] = []
        for _ in 0..<size { dictionary.append(code(Int(clamping: try reader.number()))) }
        self.init(dictionary: dictionary, places: try SmallIntegers(rows, below: size, &reader))
    }
}

extension SmallIntegers {
    fileprivate init(_ count: Int, below limit: Int, _ reader: inout NumberReader) throws(PackedPartError) {
        func numbers<Number: FixedWidthInteger>() throws(PackedPartError) -> [Number] {
            var numbers: [Number] = []
            numbers.reserveCapacity(count)
            for _ in 0..<count {
                let number = try reader.number()
                guard number < UInt64(limit) else { throw .damaged }
                numbers.append(Number(truncatingIfNeeded: number))
            }
            return numbers
        }
        self =
            if limit <= 1 << 8 {
                .bytes(try numbers())
            } else if limit <= 1 << 16 {
                .shorts(try numbers())
            } else {
                .words(try numbers())
            }
    }
}
