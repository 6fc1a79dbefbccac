import Analytics
import Postgres

/// Stores the events of a batch that has no keys and no hits.
///
/// For few events this is quicker than a COPY, whose rows have to wait for the server's reply to the command.
struct StoreEvents: Statement {
    typealias Row = Void

    static let sql = """
        INSERT INTO event (ts, site_id, kind, user_id) \
        SELECT * FROM unnest($1::timestamptz[], $2::integer[], $3::smallint[], $4::text[])
        """
    let batch: Batch

    var parameters: Parameters {
        var parameters = Parameters()
        for column in Event.columns {
            var values = PostgresArray(of: column.kind.element)
            for entry in batch.entries {
                for event in entry.events { values.append(column.value(event)) }
            }
            parameters.append(values)
        }
        return parameters
    }
}

extension Column<Event>.Kind {
    fileprivate var element: PostgresType {
        switch self {
        case .time: .timestamptz
        case .smallint: .smallint
        case .integer: .integer
        case .bigint: .bigint
        case .amount, .text, .json, .entry: .text
        }
    }
}

extension PostgresArray {
    fileprivate mutating func append(_ value: ColumnValue) {
        switch value {
        case .time(let time): append(time.postgresMicroseconds)
        case .smallint(let number), .word(let number, _): append(number)
        case .integer(let number): append(number)
        case .bigint(let number): append(Int(number))
        case .text(let text): append(text)
        // Events have no such columns.
        case .null, .amount, .json, .entry: break
        }
    }
}
