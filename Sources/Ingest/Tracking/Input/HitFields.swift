import Analytics

/// The fields of a hit, found in the received bytes, nothing of which is copied.
struct HitFields {
    private var values: [(field: HitField, value: FieldValue)] = []
    /// The properties that have fields of their own, `props.NAME`, in their order.
    private(set) var properties: [(name: String, value: FieldValue)] = []

    init() {
        values.reserveCapacity(16)
    }

    subscript(field: HitField) -> FieldValue? {
        for entry in values where entry.field == field { return entry.value }
        return nil
    }

    /// Stores a value; the first of a repeated field counts, and a number is taken as the text of its digits.
    mutating func note(_ value: FieldValue, _ field: HitField) {
        if self[field] == nil { values.append((field, value.numberAsText)) }
    }

    /// Stores a property that has a field of its own.
    mutating func note(_ value: FieldValue, property name: String) { properties.append((name, value)) }
}

extension HitFields: RecordFields {
    /// Takes the fields from a CSV record, in which an empty cell is a missing field.
    init(csv record: CSVScanner.Record, _ columns: HitColumns) {
        self.init()
        for (value, column) in zip(record.values, columns.columns) where !value.range.isEmpty {
            switch column {
            case .field(let field): note(value, field)
            case .property(let name): note(value, property: name)
            case .unknown: continue
            }
        }
    }

    mutating func note(_ value: FieldValue, key: Span<UInt8>) {
        if let field = HitField(key: key) { note(value, field) }
    }
}

extension HitFields {
    /// Finds the fields in a query string or a form body.
    init(form query: Span<UInt8>) {
        self.init()
        var fields = self
        forEachPair(of: query) { key, value in
            if let name = key.propertyName {
                fields.note(value, property: name)
            } else {
                fields.note(value, key: key)
            }
        }
        self = fields
    }
}

extension Span<UInt8> {
    /// The name of the property that a key stands for, `props.NAME`; nil for another key.
    var propertyName: String? {
        let prefix = "props."
        guard count > prefix.utf8.count, extracting(..<prefix.utf8.count).equals(prefix) else { return nil }
        return extracting(prefix.utf8.count..<count).text
    }
}
