import Postgres

/// The powers of a session's login that a server does not need.
struct LoginPower: Statement {
    struct Row: Sendable {
        let name: String
        let isSuperuser: Bool
        /// True if the login may take the role that owns the schema.
        let isOwner: Bool
    }

    static let sql = """
        SELECT rolname::text, rolsuper, pg_has_role(oid, 'hourglass_owner', 'MEMBER')
          FROM pg_roles WHERE rolname = session_user
        """
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Row {
        let (name, isSuperuser, isOwner) = try row.decode((String, Bool, Bool).self)
        return Row(name: name, isSuperuser: isSuperuser, isOwner: isOwner)
    }
}
