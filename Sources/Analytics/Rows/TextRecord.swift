/// A value that consists of texts, each of which may be missing: an entry of a dictionary.
package protocol TextRecord: Hashable, Sendable {
    /// The texts, in the order of the packed form and of the table's columns; new ones are added at the end.
    static var fields: [TextField<Self>] { get }
    init()
}

/// A text of a record.
package struct TextField<Record>: Sendable {
    /// The name of the column in the table.
    package let name: String
    let path: any WritableKeyPath<Record, String?> & Sendable

    init(_ name: String, _ path: any WritableKeyPath<Record, String?> & Sendable) {
        self.name = name
        self.path = path
    }
}

extension TextRecord {
    var texts: [String?] { Self.fields.map { self[keyPath: $0.path] } }

    /// Makes a record of its texts; those of fields that are missing at the end are nil.
    init(texts: [String?]) {
        self.init()
        for (field, text) in zip(Self.fields, texts) { self[keyPath: field.path] = text }
    }
}
