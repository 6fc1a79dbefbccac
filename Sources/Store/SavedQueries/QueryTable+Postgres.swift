import Analytics
import FoundationEssentials
import Postgres

extension QueryTable.Column {
    init(_ column: PostgresColumn) {
        self.init(column.name, Kind(column.type))
    }
}

extension QueryTable.Column.Kind {
    fileprivate init(_ type: PostgresType) {
        switch type {
        case .smallint, .integer, .bigint, .real, .double, .numeric: self = .number
        case .timestamp, .timestamptz: self = .time
        case .date: self = .date
        default: self = .other
        }
    }
}

extension QueryTable.Value {
    init(_ value: PostgresValue) {
        switch value {
        case .null: self = .null
        case .boolean(let flag): self = .flag(flag)
        case .integer(let number): self = .number("\(number)")
        // JSON has no other numbers.
        case .double(let number): self = number.isFinite ? .number("\(number)") : .text("\(number)")
        case .numeric(let number): self = number.isFinite ? .number(number.description) : .text(number.description)
        case .text(let text): self = .text(text)
        case .bytes(let bytes):
            self = .text(bytes.map { $0 < 16 ? "0\(String($0, radix: 16))" : String($0, radix: 16) }.joined())
        case .uuid(let uuid): self = .text(uuid.uuidString.lowercased())
        case .date(let date): self = .text(date.description)
        case .timestamp(let time): self = .text(time.description)
        case .timestamptz(let time):
            self = .text(time.description.hasSuffix("infinity") ? time.description : "\(time.description)Z")
        case .json(let json): self = .json(json.text)
        case .array(let elements): self = .list(elements.map(Self.init))
        }
    }
}
