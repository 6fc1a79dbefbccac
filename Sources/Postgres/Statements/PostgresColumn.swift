import CPostgres

/// A column of a result; several may have the same name.
package struct PostgresColumn: Hashable, Sendable {
    package let name: String
    package let type: PostgresType

    package init(name: String, type: PostgresType) {
        self.name = name
        self.type = type
    }
}

extension QueryResult {
    /// The columns, from left to right; none for a command that returns no rows.
    var columns: [PostgresColumn] {
        (0..<PQnfields(raw)).map { column in
            PostgresColumn(
                name: PQfname(raw, column).map { String(cString: $0) } ?? "",
                type: PostgresType(rawValue: PQftype(raw, column))
            )
        }
    }
}
