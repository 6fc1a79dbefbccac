package import Postgres

/// The state of a database's schema, compared with the one that this program knows.
package enum SchemaState: Sendable, Equatable {
    case current(Flavour)
    /// Some steps are missing, or all.
    case older(applied: Int, known: Int)
    /// A newer program has taken steps that this one does not know, and need not know.
    case compatible(Flavour, applied: Int)
    /// A newer program has taken steps that this one does not know, and cannot work with.
    case newer(applied: Int, known: Int)
    /// The login has not been given the roles of the server.
    case denied
    /// A step was another one when it was applied.
    case changed(step: String)
    /// The database is in an encoding that cannot hold every text.
    case encoding(String)

    /// What to tell whoever wanted to start the server; nil when all is well.
    package var obstacle: String? {
        switch self {
        case .current, .compatible: nil
        case .older(let applied, let known):
            "the database is at schema \(applied) and this program needs \(known): run `hourglass migrate`"
        case .newer(let applied, let known):
            "the database is at schema \(applied) and this program knows only \(known): run a newer hourglass"
        case .denied:
            "the login may not take the roles of the server: run `hourglass migrate --login` with its name"
        case .encoding(let name):
            "the database has the encoding \(name), which not every user can be stored in, and which cannot be changed: "
                + "make another one with `CREATE DATABASE … ENCODING 'UTF8' LOCALE 'C' TEMPLATE template0`"
        case .changed(let step):
            "schema step \(step) is not the one that was applied to the database: run the hourglass that applied it"
        }
    }

    /// The state of a database without the roles that a session of the server begins with.
    package static var absent: SchemaState { .older(applied: 0, known: Migration.latest) }

    /// Reads the state of a database.
    package static func state(of connection: isolated Connection) throws -> SchemaState {
        if let unsuitable = try unsuitableEncoding(of: connection) { return .encoding(unsuitable) }
        let applied: [AppliedMigrations.Row]
        do {
            applied = try connection.perform(AppliedMigrations())
        } catch let error as PostgresError where [.undefinedTable, .invalidSchemaName].contains(error.state) {
            applied = []
        }
        return try state(applied: applied) { text in try connection.perform(Checksum(text: text)).first ?? "" }
    }

    /// The encoding of the database, unless it is the one that is needed.
    static func unsuitableEncoding(of connection: isolated Connection) throws -> String? {
        try connection.perform(ServerEncoding()).first { $0 != ServerEncoding.wanted }
    }

    /// Compares what has been applied with what is known.
    static func state(
        applied: [AppliedMigrations.Row],
        checksum: (String) throws -> String
    ) rethrows -> SchemaState {
        let known = Migration.latest
        guard let last = applied.last, let flavour = Flavour(rawValue: last.flavour) else {
            return .older(applied: applied.last?.number ?? 0, known: known)
        }
        let steps = Migration.steps(for: flavour)
        for (step, row) in zip(steps, applied) {
            let isSame = try step.number == row.number && step.name == row.name && checksum(step.sql) == row.checksum
            guard isSame else { return .changed(step: "\(row.number) (\(row.name))") }
        }
        if applied.count > steps.count {
            let isCompatible = applied[steps.count...].allSatisfy { $0.compatibleWith <= known }
            return isCompatible
                ? .compatible(flavour, applied: last.number) : .newer(applied: last.number, known: known)
        }
        if applied.count < steps.count { return .older(applied: last.number, known: known) }
        return .current(flavour)
    }
}
