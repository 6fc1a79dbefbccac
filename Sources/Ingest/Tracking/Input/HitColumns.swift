import Analytics

/// The columns of the fields of hits in a CSV text: of each by its name, of a property by `props.NAME`.
struct HitColumns: RecordColumns {
    enum Column {
        case field(HitField)
        case property(String)
        case unknown
    }

    static let wrongHeader = Rejection.Reason.unknownColumns

    let columns: [Column]
    var count: Int { columns.count }

    /// Reads a header line; nil if it names no field at all.
    init?(header: CSVScanner.Record, in bytes: Span<UInt8>) {
        columns = header.values.map { Column($0, in: bytes) }
        let isKnown = columns.contains { column in
            if case .unknown = column { false } else { true }
        }
        guard isKnown else { return nil }
    }
}

extension HitColumns.Column {
    fileprivate init(_ name: FieldValue, in bytes: Span<UInt8>) {
        // A name that cannot be decoded is none of the known ones.
        let column = try? decoding(name, .body, in: bytes) { (key) throws(Rejection) -> Self in
            if let field = HitField(key: key) { return .field(field) }
            return key.propertyName.map(Self.property) ?? .unknown
        }
        self = column ?? .unknown
    }
}
