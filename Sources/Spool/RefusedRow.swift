import Analytics

/// A line of `RefusedEvents`: the columns of a row that have a value, the reason and the position in the spool.
struct RefusedRow<Row: StoredRow>: Encodable {
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { nil }
    }

    private let row: Row
    private let position: SpoolPosition
    private let rejection: Rejection

    init(_ row: Row, at position: SpoolPosition, _ rejection: Rejection) {
        self.row = row
        self.position = position
        self.rejection = rejection
    }

    func encode(to encoder: any Encoder) throws {
        var line = encoder.container(keyedBy: Key.self)
        for column in Row.columns { try encode(column.value(row), Key(column.field), to: &line) }
        try line.encode(rejection.description, forKey: Key("reason"))
        try line.encode(position.record, forKey: Key("record"))
        try line.encode(position.part, forKey: Key("part"))
    }

    private func encode(_ value: ColumnValue, _ key: Key, to line: inout KeyedEncodingContainer<Key>) throws {
        switch value {
        case .null: break
        case .time(let time): try line.encode(time.milliseconds, forKey: key)
        case .smallint(let number): try line.encode(number, forKey: key)
        case .integer(let number): try line.encode(number, forKey: key)
        case .bigint(let number): try line.encode(number, forKey: key)
        case .word(_, let word): try line.encode(word, forKey: key)
        case .amount(let amount): try line.encode(amount.description, forKey: key)
        case .text(let text), .json(let text): try line.encode(text, forKey: key)
        case .entry(let entry): try encode(entry, key, to: &line)
        }
    }

    /// Encodes an entry of a dictionary as its text, or as an object of its texts.
    private func encode(
        _ entry: DictionaryEntry,
        _ key: Key,
        to line: inout KeyedEncodingContainer<Key>
    ) throws {
        guard let names = entry.kind.fields else {
            return try line.encode(entry.texts.first ?? nil, forKey: key)
        }
        var object = line.nestedContainer(keyedBy: Key.self, forKey: key)
        for (name, text) in zip(names, entry.texts) { try object.encodeIfPresent(text, forKey: Key(name)) }
    }
}
