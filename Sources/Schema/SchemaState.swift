package import Postgres

/// The state of a database's schema, compared with the one that this program knows.
///
/// The schema has one number: that of its last step. Each release with another schema raises it, even if only texts in
/// `functions/` or `views/` differ, so of a program and a database the one with the smaller number is the older one:
/// - **A database with a smaller number is older.** `hourglass migrate` takes the missing steps and applies the files
///   whose texts differ. The same holds for an equal number and other texts: a migration ended between the two.
/// - **With a greater number, a newer program has migrated.** Each step has a compatibility number, the last step that
///   a program has to know to work with the schema after it. If this program knows those of all steps beyond its own,
///   it goes on, so that servers can be replaced one after another: what it calls keeps name, arguments and meaning. It
///   does not compare the texts of functions and views, which may be newer than its own, and migrates nothing.
package enum SchemaState: Sendable, Equatable {
    case current(Flavour)
    /// Some steps are missing, or all; or all have been taken and functions or views are not those of this program.
    case older(applied: Int, known: Int)
    /// A newer program has taken steps that this one does not know, and need not know.
    case compatible(Flavour, applied: Int)
    /// A newer program has taken steps that this one does not know, and cannot work with.
    case newer(applied: Int, known: Int)
    /// The login has not been given the roles of the server.
    case denied
    /// A step was applied with another text or name, or was left out.
    case changed(step: String)
    /// The database is in an encoding that cannot hold every text.
    case encoding(String)

    /// The reason that a server cannot work with the database, and the remedy; nil if it can.
    package var obstacle: String? {
        switch self {
        case .current, .compatible: nil
        case .older(let applied, let known) where applied == known:
            "functions or views of the database are not those of this program: run `hourglass migrate`"
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
        guard let last = applied.last, let flavour = Flavour(rawValue: last.flavour) else {
            return .older(applied: applied.last?.number ?? 0, known: Migration.latest)
        }
        if let step = try changedStep(among: applied, flavour, connection) { return .changed(step: step) }
        let known = Migration.latest
        if last.number > known {
            let isCompatible = applied.allSatisfy { $0.number <= known || $0.compatibleWith <= known }
            return isCompatible
                ? .compatible(flavour, applied: last.number) : .newer(applied: last.number, known: known)
        }
        guard last.number == known, try connection.perform(ChangedFiles(flavour: flavour)).isEmpty else {
            return .older(applied: last.number, known: known)
        }
        return .current(flavour)
    }

    /// The encoding of the database; nil if it is the required one.
    static func unsuitableEncoding(of connection: isolated Connection) throws -> String? {
        try connection.perform(ServerEncoding()).first { $0 != ServerEncoding.wanted }
    }

    /// The first known step that differs in the database, or is missing before its last one.
    private static func changedStep(
        among applied: [AppliedMigrations.Row],
        _ flavour: Flavour,
        _ connection: isolated Connection
    ) throws -> String? {
        let steps = Migration.steps(for: flavour)
        let checksums = try connection.perform(Checksums(texts: steps.map(\.sql)))
        var identities = Migration.former(for: flavour)
        for (step, checksum) in zip(steps, checksums) {
            identities.insert(.init(number: step.number, name: step.name, checksum: checksum))
        }
        if let row = applied.first(where: { $0.number <= Migration.latest && !identities.contains($0.identity) }) {
            return "\(row.number) (\(row.name))"
        }
        let numbers = Set(applied.map(\.number))
        let missing = steps.first { !numbers.contains($0.number) && $0.number < applied.last?.number ?? 0 }
        return missing.map { "\($0.number) (\($0.name))" }
    }
}
