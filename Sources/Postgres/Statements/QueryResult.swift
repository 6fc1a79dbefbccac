import CPostgres

/// A result of libpq, freed with its owner.
struct QueryResult: ~Copyable {
    /// The fields of an error report; macros in `postgres_ext.h`, which Swift does not import.
    enum FieldCode: UInt8 {
        case severity = 0x56  // V, in English whatever the language of the server
        case sqlState = 0x43  // C
        case message = 0x4D  // M
        case detail = 0x44  // D
        case constraint = 0x6E  // n
        case context = 0x57  // W
        case hint = 0x48  // H
        case position = 0x50  // P
    }

    let raw: OpaquePointer

    init?(_ raw: OpaquePointer?) {
        guard let raw else { return nil }
        self.raw = raw
    }

    deinit { PQclear(raw) }

    var status: ExecStatusType { PQresultStatus(raw) }
    var rowCount: Int32 { PQntuples(raw) }

    /// The number of rows that the command wrote; 0 for a command without such a number.
    var affectedRows: Int { Int(String(cString: PQcmdTuples(raw))) ?? 0 }

    /// A field of the error report.
    func field(_ code: FieldCode) -> String? {
        PQresultErrorField(raw, Int32(code.rawValue)).map { String(cString: $0) }
    }

    /// The rows of a simple query, with values as text.
    func textRows() -> [[String?]] {
        (0..<rowCount).map { row in
            (0..<PQnfields(raw)).map { column in
                PQgetisnull(raw, row, column) == 1 ? nil : String(cString: PQgetvalue(raw, row, column))
            }
        }
    }
}
